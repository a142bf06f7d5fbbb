import { coresOf } from '../../coordinator/invoke/lambda-limits.ts';
import type { FabricModel } from '../../coordinator/price/fabric-model.ts';
import { type FunctionPrice, lambdaPrice, S3_STANDARD } from '../../coordinator/price/store-model.ts';
import type { StoreLocation } from '../config/store-location.ts';
import { allExecutorsMemoryMiB, type Machine } from '../process/machine.ts';

// What the planner reckons with, for each kind of executors.

const MIB = 2 ** 20;

/** What one core reads of Parquet from the page cache and decodes; no network stands between. */
const LOCAL_READ_BYTES_PER_SECOND = 500e6;
const LOCAL_INVOKE_SECONDS = 0.005;

/** The machine as a fabric: executors are processes that share its cores. */
export function localModel(machine: Machine): FabricModel {
  return {
    concurrency: machine.cores,
    coresPerTask: machine.cores,
    memoryMiBPerTask: allExecutorsMemoryMiB(machine),
    readBytesPerSecond: LOCAL_READ_BYTES_PER_SECOND,
    invokeSeconds: LOCAL_INVOKE_SECONDS,
    sharedCores: true,
  };
}

/** An object store in the same network, over one executor's share of a machine's link. */
const STANDALONE_READ_BYTES_PER_SECOND = 100 * MIB;
const STANDALONE_INVOKE_SECONDS = 0.01;

/** Machines that are there anyway: a task more costs nothing. */
const PAID_FOR: FunctionPrice = { invocationDollars: 0, dollarsPerSecond: 0 };

/** Standalone executors: each place is taken for one core. */
export function standaloneModel(concurrency: number, memoryMiB: number, store: StoreLocation): FabricModel {
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

/** What one function reads from S3 for as long as it likes, in bytes per second; for a few hundred MB it is twice as fast. */
const LAMBDA_READ_BYTES_PER_SECOND = 75 * MIB;
/** The call of a warm function, and the first bytes that it reads. */
const LAMBDA_INVOKE_SECONDS = 0.06;

/** AWS Lambda and S3, with functions of so much memory and so many of them at once. */
export function lambdaModel(memoryMiB: number, concurrency: number): FabricModel {
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
