import type { Stage } from '../../../engine/plan/stage.ts';
import type { FabricModel } from '../../price/fabric-model.ts';
import { MAX_KEY_PREFIXES } from '../../scheduler/keys.ts';

/**
 * The number of prefixes that a job's keys are spread over: the smallest power of two that keeps the request rate of each prefix within
 * the store's limit. An object has one prefix, so a stage cannot use more prefixes than it has tasks, however many tasks read each
 * object.
 *
 *     1000 tasks that each read the output of 1000, 256 at once   ->   64 prefixes
 *     2 tasks that each read the output of 2                     ->   1 prefix
 */
export function keyPrefixCount(stages: readonly Stage[], fabric: FabricModel): number {
  if (fabric.cloud === undefined) return 1;
  const { getsPerSecondPerPrefix, putsPerSecondPerPrefix } = fabric.cloud.store;
  const { getsPerSecond, putsPerSecond } = requestRate(stages, fabric);
  const load = SPARE * Math.max(getsPerSecond / getsPerSecondPerPrefix, putsPerSecond / putsPerSecondPerPrefix);
  let count = 1;
  while (load * largestShare(stages, count) > 1 && count < MAX_KEY_PREFIXES) count *= 2;
  return count;
}

/** Headroom for retries, hedged reads and uneven request rates. */
const SPARE = 1.25;

/** The most requests of a job in its busiest second. */
export interface RequestRate {
  readonly getsPerSecond: number;
  readonly putsPerSecond: number;
}

/**
 * The most requests that the stages of a job make in their busiest second: at most all their requests, and at most what the tasks that
 * run at once can make, each with `readsAtOnce` reads in flight or writing one object after another.
 */
export function requestRate(stages: readonly Stage[], { concurrency, cloud }: FabricModel): RequestRate {
  if (cloud === undefined) return { getsPerSecond: 0, putsPerSecond: 0 };
  const { getSeconds, putSeconds, readsAtOnce } = cloud.store;
  const gets = stages.reduce((sum, stage) => sum + readsOf(stage, stages), 0);
  const puts = stages.reduce((sum, stage) => sum + stage.taskCount, 0);
  return {
    getsPerSecond: Math.min(gets, (concurrency * readsAtOnce) / getSeconds),
    putsPerSecond: Math.min(puts, concurrency / putSeconds),
  };
}

/** The largest share of a stage's objects under one prefix, among the stages that more prefixes would spread further. */
function largestShare(stages: readonly Stage[], prefixes: number): number {
  const spreadable = stages.filter(({ taskCount }) => taskCount > prefixes);
  return Math.max(0, ...spreadable.map(({ taskCount }) => Math.ceil(taskCount / prefixes) / taskCount));
}

/** The number of object reads by the tasks of a stage. */
function readsOf(stage: Stage, stages: readonly Stage[]): number {
  const producers = stages.filter((other) => stage.dependsOn.includes(other.id));
  return producers.reduce((sum, producer) => sum + producer.taskCount * stage.taskCount, 0);
}
