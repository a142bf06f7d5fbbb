import type { StageGraph } from '../../engine/plan/stage.ts';
import type { AttemptRun } from './sim-invoker.ts';

/** A stage on the critical path and the time it took in each phase, in ms. The phases of all stages add up to the job's time. */
export interface CriticalStage {
  readonly stage: number;
  readonly phases: {
    /** The time until the coordinator requested the attempt that ended last: journaling, writing indexes, queueing. */
    readonly decide: number;
    /** `send` is the time in the send queue, and `place` the time until an environment is available. */
    readonly send: number;
    readonly place: number;
    readonly start: number;
    readonly index: number;
    readonly read: number;
    readonly compute: number;
    readonly write: number;
  };
  readonly isStraggler: boolean;
}

/**
 * Returns the chain of tasks that determined the end of the job. It consists of the task that ended last, preceded by
 * the task that ended last in the stages it reads, and so on. The time between the last task and the end of the job
 * counts towards the last stage.
 */
export function criticalPath(
  graph: StageGraph,
  attempts: readonly AttemptRun[],
  startedAt: number,
  endedAt: number,
): readonly CriticalStage[] {
  const lastOf = new Map<number, AttemptRun>();
  for (const run of attempts) if (run.endedAt >= (lastOf.get(run.stage)?.endedAt ?? 0)) lastOf.set(run.stage, run);
  const path: CriticalStage[] = [];
  let run = lastOf.get(graph.stages.length - 1);
  let until = endedAt;
  while (run !== undefined) {
    const inputs = graph.stages[run.stage]?.dependsOn ?? [];
    const before = inputs
      .flatMap((id) => lastOf.get(id) ?? [])
      .reduce<AttemptRun | undefined>((last, each) => (each.endedAt > (last?.endedAt ?? 0) ? each : last), undefined);
    const { work } = run;
    const phases = {
      decide: run.askedAt - (before?.endedAt ?? startedAt) + (until - run.endedAt),
      send: run.sentAt - run.askedAt,
      place: run.placedAt - run.sentAt,
      start: run.readyAt - run.placedAt,
      index: work.indexMs,
      read: work.readMs,
      compute: work.computeMs,
      write: work.writeMs,
    };
    path.unshift({ stage: run.stage, phases, isStraggler: run.isStraggler });
    until = before?.endedAt ?? until;
    run = before;
  }
  return path;
}
