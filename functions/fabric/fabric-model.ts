import type { Fabric } from '../../coordinator/invoke/fabric.ts';
import { type FunctionPrice, lambdaPrice, S3_STANDARD } from '../../coordinator/price/store-model.ts';
import type { StoreLocation } from '../storage/location.ts';

const MIB = 2 ** 20;
/** Memory that buys a Lambda function one vCPU. */
const MIB_PER_VCPU = 1769;
/** Between a function's burst of 170 MiB/s, which lasts a few hundred MB, and the 75 MiB/s after it: a task mostly stays in the burst. */
const FUNCTION_READ_BYTES_PER_SECOND = 120 * MIB;
/** From the call to the task's first read, warm: the Invoke API takes some 30 ms, decoding and opening the inputs the rest. */
const FUNCTION_INVOKE_SECONDS = 0.05;
/** An object store in the same network, over one executor's share of a machine's link. */
const STANDALONE_READ_BYTES_PER_SECOND = 100 * MIB;
const STANDALONE_INVOKE_SECONDS = 0.01;

/** Machines that are there anyway: a task more costs nothing. */
const PAID_FOR: FunctionPrice = { invocationDollars: 0, dollarsPerSecond: 0 };

/** What a model knows of the store: files of a machine are free and without limits, S3 is taken for AWS's. */
function cloudOf(store: StoreLocation, price: FunctionPrice): Pick<Fabric, 'cloud'> {
  return store.kind === 's3' ? { cloud: { store: S3_STANDARD, price } } : {};
}

/** Lambda functions of one size: cores go with memory. */
export function functionFabric(concurrency: number, memoryMiB: number, store: StoreLocation): Fabric {
  return {
    concurrency,
    coresPerTask: Math.max(1, Math.floor(memoryMiB / MIB_PER_VCPU)),
    memoryMiBPerTask: memoryMiB,
    readBytesPerSecond: FUNCTION_READ_BYTES_PER_SECOND,
    invokeSeconds: FUNCTION_INVOKE_SECONDS,
    sharedCores: false,
    ...cloudOf(store, lambdaPrice(memoryMiB)),
  };
}

/** Standalone executors: each place is taken for one core. */
export function standaloneFabric(concurrency: number, memoryMiB: number, store: StoreLocation): Fabric {
  return {
    concurrency,
    coresPerTask: 1,
    memoryMiBPerTask: memoryMiB,
    readBytesPerSecond: STANDALONE_READ_BYTES_PER_SECOND,
    invokeSeconds: STANDALONE_INVOKE_SECONDS,
    sharedCores: false,
    ...cloudOf(store, PAID_FOR),
  };
}
