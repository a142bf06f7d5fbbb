import type { Quantiles } from './random.ts';

const MIB = 2 ** 20;

/** The parameters of the simulated cloud. Times are in ms, and rates are per second. */
export interface CloudModel {
  readonly get: Quantiles;
  readonly put: Quantiles;
  /** The allowed gets and puts per second for one key prefix. */
  readonly readsPerSecondPerPrefix: number;
  readonly writesPerSecondPerPrefix: number;
  /** A function's network: fast for the first bytes of each environment, then slower. */
  readonly burstBytes: number;
  readonly burstBytesPerSecond: number;
  readonly steadyBytesPerSecond: number;
  /** The number of environments that may start immediately, and again every ten seconds. */
  readonly environmentsPerTenSeconds: number;
  /** The time from invoking a function to its first useful work, in a new and in a warm environment. */
  readonly coldStart: Quantiles;
  readonly warmStart: Quantiles;
  /** The coordinator's time to send one invocation. Invocations are sent sequentially. */
  readonly dispatchMs: number;
  /** The time of an append to the journal. */
  readonly journalMs: number;
  /** The bytes that one core reads, processes and writes in a second. */
  readonly bytesPerCoreSecond: number;
  /** The number of concurrent reads of a task, and the maximum size of a read. */
  readonly readsAtOnce: number;
  readonly readBytes: number;
  /** Larger objects are written in parts of this size. */
  readonly partBytes: number;
}

/**
 * S3 and Lambda according to published measurements (docs/simulation.md). Starts, dispatch and computation were
 * measured with this engine.
 */
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
