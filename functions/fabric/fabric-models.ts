import { coresOf } from '../../coordinator/invoke/lambda-limits.ts';
import type { FabricModel } from '../../coordinator/price/fabric-model.ts';
import { type FunctionPrice, lambdaPrice, S3_STANDARD } from '../../coordinator/price/store-model.ts';
import type { StoreLocation } from '../config/store-location.ts';
import { allExecutorsMemoryMiB, type Machine } from '../process/machine.ts';

// The fabric model of each kind of executor, for the planner.

const MIB = 2 ** 20;

/** The bytes of Parquet that one core reads from the page cache and decodes per second, without a network. */
const LOCAL_READ_BYTES_PER_SECOND = 500e6;
const LOCAL_INVOKE_SECONDS = 0.005;

/** This machine as a fabric: executors are processes that share its cores. */
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

/** The read rate from an object store in the same network, over one executor's share of a machine's link. */
const STANDALONE_READ_BYTES_PER_SECOND = 100 * MIB;
const STANDALONE_INVOKE_SECONDS = 0.01;

/** The machines are already paid for, so further tasks cost nothing. */
const PAID_FOR: FunctionPrice = { invocationDollars: 0, dollarsPerSecond: 0 };

/** Standalone executors. Each slot counts as one core. */
export function standaloneModel(concurrency: number, memoryMiB: number, store: StoreLocation): FabricModel {
  return {
    concurrency,
    coresPerTask: 1,
    memoryMiBPerTask: memoryMiB,
    readBytesPerSecond: STANDALONE_READ_BYTES_PER_SECOND,
    invokeSeconds: STANDALONE_INVOKE_SECONDS,
    sharedCores: false,
    // Requests to local files are free and have no rate limit. S3 is assumed to be AWS S3.
    ...(store.kind === 's3' ? { cloud: { store: S3_STANDARD, price: PAID_FOR } } : {}),
  };
}

/** The sustained rate at which one function reads from S3, in bytes per second. The first few hundred MB are twice as fast. */
const LAMBDA_READ_BYTES_PER_SECOND = 75 * MIB;
/** The time from invoking a warm function until it reads its first bytes. */
const LAMBDA_INVOKE_SECONDS = 0.06;

/** AWS Lambda and S3, with functions of the given memory and concurrency. */
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
