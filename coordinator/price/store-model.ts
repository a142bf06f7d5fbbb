import { awsPrices } from './price-table.ts';

/** What an object store that shuffles go through costs, how fast it is and what it bears. Times are medians in seconds, prices in dollars. */
export interface StoreModel {
  readonly getSeconds: number;
  readonly putSeconds: number;
  readonly getDollars: number;
  readonly putDollars: number;
  /** What one prefix of keys takes before requests are throttled. */
  readonly getsPerSecondPerPrefix: number;
  readonly putsPerSecondPerPrefix: number;
  /** Reads that one task has under way at a time. */
  readonly readsAtOnce: number;
}

/** What running a function costs, in dollars. */
export interface FunctionPrice {
  readonly invocationDollars: number;
  readonly dollarsPerSecond: number;
}

const prices = awsPrices.x86_64;

/** S3 Standard, us-east-1, from inside the region: AWS's prices and request limits; latencies of requests of 1 KB (docs/simulation.md). */
export const S3_STANDARD: StoreModel = {
  getSeconds: 0.027,
  putSeconds: 0.04,
  getDollars: prices.dollarsPerReadRequest,
  putDollars: prices.dollarsPerWriteRequest,
  getsPerSecondPerPrefix: 5_500,
  putsPerSecondPerPrefix: 3_500,
  // `READS_AT_ONCE` of the readers; they do I/O, so that it cannot be imported here. `test/coordinator/price` compares.
  readsAtOnce: 16,
};

/** A Lambda function (x86) of so much memory. */
export function lambdaPrice(memoryMiB: number): FunctionPrice {
  return {
    invocationDollars: prices.dollarsPerInvocation,
    dollarsPerSecond: (memoryMiB / 1024) * prices.dollarsPerGbSecond,
  };
}
