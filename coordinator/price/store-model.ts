import { awsPrices } from './price-table.ts';

/** The latencies, prices and limits of the object store that shuffles go through. Times are medians in seconds, prices in dollars. */
export interface StoreModel {
  readonly getSeconds: number;
  readonly putSeconds: number;
  readonly getDollars: number;
  readonly putDollars: number;
  /** The request rates above which requests to one key prefix are throttled. */
  readonly getsPerSecondPerPrefix: number;
  readonly putsPerSecondPerPrefix: number;
  /** Reads that one task has in flight at a time. */
  readonly readsAtOnce: number;
}

/** The price of running a function, in dollars. */
export interface FunctionPrice {
  readonly invocationDollars: number;
  readonly dollarsPerSecond: number;
}

const prices = awsPrices.x86_64;

/** S3 Standard, us-east-1, from inside the region: AWS's prices and request limits, and latencies of 1 KB requests (docs/simulation.md). */
export const S3_STANDARD: StoreModel = {
  getSeconds: 0.027,
  putSeconds: 0.04,
  getDollars: prices.dollarsPerReadRequest,
  putDollars: prices.dollarsPerWriteRequest,
  getsPerSecondPerPrefix: 5_500,
  putsPerSecondPerPrefix: 3_500,
  // The readers' `READS_AT_ONCE`. Readers do I/O, so it cannot be imported here; `test/coordinator/price` compares the two.
  readsAtOnce: 16,
};

/** The price of an x86 Lambda function with `memoryMiB` of memory. */
export function lambdaPrice(memoryMiB: number): FunctionPrice {
  return {
    invocationDollars: prices.dollarsPerInvocation,
    dollarsPerSecond: (memoryMiB / 1024) * prices.dollarsPerGbSecond,
  };
}
