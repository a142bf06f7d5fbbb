/** AWS Lambda's limits, from its documentation and its answers. docs/fabric-limits.md names the source of each. */
export const lambdaLimits = {
  /** Request bytes of a synchronous and an asynchronous invocation. */
  synchronousPayloadBytes: 6 * 1024 * 1024,
  asynchronousPayloadBytes: 1024 * 1024,
  /** Response bytes. */
  responseBytes: 6 * 1024 * 1024 + 100,
  /** The length of the log tail that comes with a response. */
  logTailBytes: 4096,
  /** The time limit for a function to request its first invocation. */
  initMs: 10_000,
  memoryMiB: { least: 128, most: 10_240 },
  /** The memory that comes with one vCPU. */
  memoryMiBPerCore: 1769,
  timeoutSeconds: { least: 1, most: 900 },
  /** The size of /tmp. The least is the default. */
  scratchMiB: { least: 512, most: 10_240 },
  /** Open files, sockets and pipes of all processes in an environment. */
  fileDescriptors: 1024,
  /** Concurrent invocations of all functions of an account, by default. */
  accountConcurrency: 1000,
  /** The rate at which environments of a function may start. */
  ramp: { environments: 1000, everyMs: 10_000 },
  /** The number of retries of a failed asynchronous invocation. */
  asynchronousRetries: 2,
} as const;

/** The vCPUs of a function, rounded, at least 1. */
export function coresOf(memoryMiB: number): number {
  return Math.max(1, Math.round(memoryMiB / lambdaLimits.memoryMiBPerCore));
}
