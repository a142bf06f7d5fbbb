import type { Stage } from '../../engine/plan/stage.ts';
import type { FabricModel } from '../price/fabric-model.ts';
import { MOST_KEY_PREFIXES } from '../scheduler/keys.ts';

/** Room for retries, hedged reads and requests that come in less evenly than the model has them. */
const SPARE = 1.25;

/** Requests of a job in its busiest second, at most. */
export interface RequestRate {
  readonly getsPerSecond: number;
  readonly putsPerSecond: number;
}

/**
 * What the stages of a job ask of the store in the busiest second: no more than all their requests together, and no more than as many
 * tasks as run at once can make of it, each with so many reads under way or one object after another to write.
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

/**
 * Over how many prefixes a job's keys are spread: the fewest, of powers of two, that keep each below what the store takes of one. An
 * object has one prefix, so a stage is not spread over more of them than it has tasks, however many read what one task wrote.
 */
export function keyPrefixCount(stages: readonly Stage[], fabric: FabricModel): number {
  if (fabric.cloud === undefined) return 1;
  const { getsPerSecondPerPrefix, putsPerSecondPerPrefix } = fabric.cloud.store;
  const { getsPerSecond, putsPerSecond } = requestRate(stages, fabric);
  const load = SPARE * Math.max(getsPerSecond / getsPerSecondPerPrefix, putsPerSecond / putsPerSecondPerPrefix);
  let count = 1;
  while (load * largestShare(stages, count) > 1 && count < MOST_KEY_PREFIXES) count *= 2;
  return count;
}

/** The largest part of a stage's objects that lies under one of so many prefixes, of stages that more prefixes would spread further. */
function largestShare(stages: readonly Stage[], prefixes: number): number {
  const spreadable = stages.filter(({ taskCount }) => taskCount > prefixes);
  return Math.max(0, ...spreadable.map(({ taskCount }) => Math.ceil(taskCount / prefixes) / taskCount));
}

/** Reads of objects that the tasks of a stage make. */
function readsOf(stage: Stage, stages: readonly Stage[]): number {
  const producers = stages.filter((other) => stage.dependsOn.includes(other.id));
  return producers.reduce((sum, producer) => sum + producer.taskCount * stage.taskCount, 0);
}
