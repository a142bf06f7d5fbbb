import type { Fabric } from '../../coordinator/invoke/fabric.ts';
import { type FunctionPrice, S3_STANDARD } from '../../coordinator/price/store-model.ts';
import type { StoreLocation } from '../storage/location.ts';

const MIB = 2 ** 20;
/** An object store in the same network, over one executor's share of a machine's link. */
const STANDALONE_READ_BYTES_PER_SECOND = 100 * MIB;
const STANDALONE_INVOKE_SECONDS = 0.01;

/** Machines that are there anyway: a task more costs nothing. */
const PAID_FOR: FunctionPrice = { invocationDollars: 0, dollarsPerSecond: 0 };

/** Standalone executors: each place is taken for one core. */
export function standaloneFabric(concurrency: number, memoryMiB: number, store: StoreLocation): Fabric {
  return {
    concurrency,
    coresPerTask: 1,
    memoryMiBPerTask: memoryMiB,
    readBytesPerSecond: STANDALONE_READ_BYTES_PER_SECOND,
    invokeSeconds: STANDALONE_INVOKE_SECONDS,
    sharedCores: false,
    // Files of a machine are free and without limits; S3 is taken for AWS's.
    ...(store.kind === 's3' ? { cloud: { store: S3_STANDARD, price: PAID_FOR } } : {}),
  };
}
