import type { FunctionPrice, StoreModel } from './store-model.ts';

/** The functions of a fabric, their speed and their cost. The planner decides the fan-out from it. */
export interface FabricModel {
  /** Tasks that can run at once. */
  readonly concurrency: number;
  /** The most cores that one task can use. */
  readonly coresPerTask: number;
  readonly memoryMiBPerTask: number;
  /** Bytes of input that one task reads per second. */
  readonly readBytesPerSecond: number;
  /** Seconds from invoking a task to its first useful work, warm. */
  readonly invokeSeconds: number;
  /** Whether all functions share one machine's cores, so that two tasks of one core are no faster than one task of two. */
  readonly sharedCores: boolean;
  /**
   * The store that shuffles go through and the price of a function. Absent for files and processes of this machine, which are free and
   * unlimited.
   */
  readonly cloud?: { readonly store: StoreModel; readonly price: FunctionPrice };
}
