import { awsPrices } from './price-table.ts';

/** The latencies, prices and limits of the object store that shuffles go through. Times are medians in seconds, prices in dollars. */
export interface StoreModel {
  readonly getSeconds: number;
  readonly putSeconds: number;
  readonly getDollars: number;
  readonly putDollars: number;
  /** The request rates above which the store throttles requests to one key prefix. */
  readonly getsPerSecondPerPrefix: number;
  readonly putsPerSecondPerPrefix: number;
  /** The maximum number of reads that one task has in flight. */
  readonly readsAtOnce: number;
}

/** The price of running a function, in dollars. */
export interface FunctionPrice {
  readonly invocationDollars: number;
  readonly dollarsPerSecond: number;
}

const prices = awsPrices.x86_64;

/**
 * S3 Standard in us-east-1, accessed from inside the region. The prices and request limits are published by AWS. The latencies are for 1 KB
 * requests (docs/simulation.md).
 */
export const S3_STANDARD: StoreModel = {
  getSeconds: 0.027,
  putSeconds: 0.04,
  getDollars: prices.dollarsPerReadRequest,
  putDollars: prices.dollarsPerWriteRequest,
  getsPerSecondPerPrefix: 5_500,
  putsPerSecondPerPrefix: 3_500,
  // Equal to the readers' `READS_AT_ONCE`, which cannot be imported here because the readers do I/O. A test in `test/coordinator/price`
  // compares the two values.
  readsAtOnce: 16,
};

/** Returns the price of an x86 Lambda function with `memoryMiB` of memory. */
export function lambdaPrice(memoryMiB: number): FunctionPrice {
  return {
    invocationDollars: prices.dollarsPerInvocation,
    dollarsPerSecond: (memoryMiB / 1024) * prices.dollarsPerGbSecond,
  };
}
