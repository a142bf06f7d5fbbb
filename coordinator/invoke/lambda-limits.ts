/** The limits of AWS Lambda, from its documentation and its responses. docs/fabric-limits.md lists the source of each limit. */
export const lambdaLimits = {
  /** The maximum request size of a synchronous and an asynchronous invocation. */
  synchronousPayloadBytes: 6 * 1024 * 1024,
  asynchronousPayloadBytes: 1024 * 1024,
  /** The maximum response size. */
  responseBytes: 6 * 1024 * 1024 + 100,
  /** The maximum length of the log tail in a response. */
  logTailBytes: 4096,
  /** The time limit for a function to request its first invocation. */
  initMs: 10_000,
  memoryMiB: { least: 128, most: 10_240 },
  /** The memory size at which a function gets one full vCPU. */
  memoryMiBPerCore: 1769,
  timeoutSeconds: { least: 1, most: 900 },
  /** The size of /tmp. The minimum is the default. */
  scratchMiB: { least: 512, most: 10_240 },
  /** The maximum number of open files, sockets and pipes in one environment, for all its processes together. */
  fileDescriptors: 1024,
  /** The default limit of concurrent invocations of all functions in an account. */
  accountConcurrency: 1000,
  /** The maximum rate at which environments of a function start. */
  ramp: { environments: 1000, everyMs: 10_000 },
  /** The maximum number of retries of a failed asynchronous invocation. */
  asynchronousRetries: 2,
} as const;

/** The number of vCPUs of a function, rounded; at least 1. */
export function coresOf(memoryMiB: number): number {
  return Math.max(1, Math.round(memoryMiB / lambdaLimits.memoryMiBPerCore));
}
