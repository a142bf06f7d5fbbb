import type { FunctionPrice, StoreModel } from './store-model.ts';

/** What one function of a fabric is and costs: what the planner decides fan-out from. */
export interface FabricModel {
  /** Tasks that can run at once. */
  readonly concurrency: number;
  /** Cores one task can have at most. */
  readonly coresPerTask: number;
  readonly memoryMiBPerTask: number;
  /** Bytes per second one task reads inputs with. */
  readonly readBytesPerSecond: number;
  /** Seconds from invoking a task to its first useful work, warm. */
  readonly invokeSeconds: number;
  /** Whether all functions share one machine's cores, so that two tasks of one core are no faster than one task of two. */
  readonly sharedCores: boolean;
  /** The store that shuffles go through and the price of a function. Absent: this machine's files and processes, free and without limits. */
  readonly cloud?: { readonly store: StoreModel; readonly price: FunctionPrice };
}
