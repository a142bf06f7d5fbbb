import type { FunctionPrice, StoreModel } from './store-model.ts';

/** The number, speed and cost of a fabric's functions. The planner uses it to choose the fan-out. */
export interface FabricModel {
  /** The number of tasks that can run concurrently. */
  readonly concurrency: number;
  /** The maximum number of cores that one task can use. */
  readonly coresPerTask: number;
  readonly memoryMiBPerTask: number;
  /** Bytes of input that one task reads per second. */
  readonly readBytesPerSecond: number;
  /** Seconds from the invocation of a task in a warm function to its first useful work. */
  readonly invokeSeconds: number;
  /**
   * Whether all functions share the cores of one machine. If so, two tasks with one core each are no faster than one task with two cores.
   */
  readonly sharedCores: boolean;
  /**
   * The store used for shuffles, and the price of a function. Absent for files and processes on this machine, which are free and unlimited.
   */
  readonly cloud?: { readonly store: StoreModel; readonly price: FunctionPrice };
}
