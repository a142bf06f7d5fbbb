import type { Quantiles } from './random.ts';

const MIB = 2 ** 20;

/** What the simulated cloud is like. Times in ms, rates per second. */
export interface CloudModel {
  readonly get: Quantiles;
  readonly put: Quantiles;
  /** Gets and puts that one key prefix takes in a second. */
  readonly readsPerSecondPerPrefix: number;
  readonly writesPerSecondPerPrefix: number;
  /** A function's network: fast for the first bytes of an environment's life, then slower. */
  readonly burstBytes: number;
  readonly burstBytesPerSecond: number;
  readonly steadyBytesPerSecond: number;
  /** Environments that can be there at first, and how many more every ten seconds. */
  readonly environmentsPerTenSeconds: number;
  /** From asking for an environment that is not there to its first useful work, and for one that is. */
  readonly coldStart: Quantiles;
  readonly warmStart: Quantiles;
  /** The coordinator's time to send one invocation: one after another. */
  readonly dispatchMs: number;
  /** An append to the journal. */
  readonly journalMs: number;
  /** Bytes one core reads, computes with and writes in a second. */
  readonly bytesPerCoreSecond: number;
  /** Reads that a task has under way at once, and the most bytes of one. */
  readonly readsAtOnce: number;
  readonly readBytes: number;
  /** An object above this is written in parts of this size. */
  readonly partBytes: number;
}

/** S3 and Lambda as measured by others (design, section 8); starts, dispatch and computing as measured with this engine. */
export const awsModel: CloudModel = {
  get: { p50: 27, p99: 106 },
  put: { p50: 40, p99: 123 },
  readsPerSecondPerPrefix: 5500,
  writesPerSecondPerPrefix: 3500,
  burstBytes: 300e6,
  burstBytesPerSecond: 170 * MIB,
  steadyBytesPerSecond: 75 * MIB,
  environmentsPerTenSeconds: 1000,
  coldStart: { p50: 1000, p99: 2500 },
  warmStart: { p50: 15, p99: 60 },
  dispatchMs: 1.2,
  journalMs: 5,
  bytesPerCoreSecond: 200e6,
  readsAtOnce: 16,
  readBytes: 16 * MIB,
  partBytes: 16 * MIB,
};
