/** AWS Lambda's limits, as its documentation and its answers have them; docs/fabric-limits.md says where each comes from. */
export const lambdaLimits = {
  /** Bytes of a request that waits for its answer, and of one that does not. */
  synchronousPayloadBytes: 6 * 1024 * 1024,
  asynchronousPayloadBytes: 1024 * 1024,
  /** Bytes of an answer. */
  responseBytes: 6 * 1024 * 1024 + 100,
  /** Of what a function prints, the end that comes back with an answer. */
  logTailBytes: 4096,
  /** Time to the first request for work. */
  initMs: 10_000,
  memoryMiB: { least: 128, most: 10_240 },
  /** So much memory comes with one vCPU. */
  memoryMiBPerCore: 1769,
  timeoutSeconds: { least: 1, most: 900 },
  /** What a function may keep in /tmp; the least is what it has unless it is given more. */
  scratchMiB: { least: 512, most: 10_240 },
  /** Files, sockets and pipes that all processes of an environment may have open. */
  fileDescriptors: 1024,
  /** Invocations at once of all functions of an account, unless it is given more. */
  accountConcurrency: 1000,
  /** So many environments of a function may start in so much time. */
  ramp: { environments: 1000, everyMs: 10_000 },
  /** How often an asynchronous invocation that failed is tried again. */
  asynchronousRetries: 2,
} as const;

/** The vCPUs of a function, to the nearest whole one. */
export function coresOf(memoryMiB: number): number {
  return Math.max(1, Math.round(memoryMiB / lambdaLimits.memoryMiBPerCore));
}
