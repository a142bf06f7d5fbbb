import { lambdaPrice, S3_STANDARD } from '../price/store-model.ts';
import type { Fabric } from './fabric.ts';
import { coresOf } from './lambda-limits.ts';

/** What one function reads from S3 for as long as it likes, in bytes per second; for a few hundred MB it is twice as fast. */
const LAMBDA_READ_BYTES_PER_SECOND = 75 * 2 ** 20;
/** The call of a warm function, and the first bytes that it reads. */
const LAMBDA_INVOKE_SECONDS = 0.06;

/** AWS Lambda and S3, with functions of so much memory and so many of them at once. */
export function lambdaFabric(memoryMiB: number, concurrency: number): Fabric {
  return {
    concurrency,
    coresPerTask: coresOf(memoryMiB),
    memoryMiBPerTask: memoryMiB,
    readBytesPerSecond: LAMBDA_READ_BYTES_PER_SECOND,
    invokeSeconds: LAMBDA_INVOKE_SECONDS,
    sharedCores: false,
    cloud: { store: S3_STANDARD, price: lambdaPrice(memoryMiB) },
  };
}
