import type { Stage } from '../../../engine/plan/stage.ts';
import type { FabricModel } from '../../price/fabric-model.ts';
import { MAX_KEY_PREFIXES } from '../../scheduler/keys.ts';

/**
 * Returns the number of prefixes over which a job's keys are spread. It is the smallest power of two that keeps the request rate of each
 * prefix within the store's limit. Each object has one prefix, so a stage cannot use more prefixes than it has tasks, regardless of how
 * many tasks read each object.
 *
 *     1000 tasks (256 at once) that each read the output of 1000 tasks   ->   64 prefixes
 *     2 tasks that each read the output of 2 tasks                       ->   1 prefix
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

/** The maximum number of requests in a job's busiest second. */
export interface RequestRate {
  readonly getsPerSecond: number;
  readonly putsPerSecond: number;
}

/**
 * Returns the maximum number of requests in the busiest second of a job. It is limited by the total number of requests and by the number of
 * concurrent tasks. Each task has at most `readsAtOnce` reads in flight, and writes one object at a time.
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

/** Returns the largest share of any stage's objects under one prefix. Ignores stages that more prefixes would not spread further. */
function largestShare(stages: readonly Stage[], prefixes: number): number {
  const spreadable = stages.filter(({ taskCount }) => taskCount > prefixes);
  return Math.max(0, ...spreadable.map(({ taskCount }) => Math.ceil(taskCount / prefixes) / taskCount));
}

/** Returns the number of object reads by the tasks of a stage. */
function readsOf(stage: Stage, stages: readonly Stage[]): number {
  const producers = stages.filter((other) => stage.dependsOn.includes(other.id));
  return producers.reduce((sum, producer) => sum + producer.taskCount * stage.taskCount, 0);
}
