/** AWS Lambda's limits, as its documentation and its answers have them. */
export const limits = {
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
  timeoutSeconds: { least: 1, most: 900 },
  /** How often an asynchronous invocation that failed is tried again. */
  asynchronousRetries: 2,
} as const;
