import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import type { AttemptId } from '../../../engine/task/task.ts';
import { graphOf, stage, submission, wrote } from '../scheduler/graph.ts';

/** Returns a cancel record. All such records differ only in their time. */
export function cancelAt(at: number): JobRecord {
  return { kind: 'cancel-requested', at, by: 'alice' };
}

/** Returns the records of a job whose `tasks` tasks have all started and ended, in appends of about 100 records. */
export function longHistory(tasks: number): JobRecord[][] {
  const batches: JobRecord[][] = [[submission(graphOf(stage(0, tasks, [], { kind: 'result' })))]];
  for (let task = 0; task < tasks; task += 1) {
    const about = { stage: 0 as StageId, task, attempt: `1-${task}` as AttemptId };
    if (task % 50 === 0) batches.push([]);
    batches
      .at(-1)
      ?.push(
        { kind: 'attempt-started', at: task, ...about, deadline: task + 1000 },
        { kind: 'task-ended', at: task + 1, ...about, outcome: wrote(`jobs/job/stages/0/${task}-1-${task}.shuffle`) },
      );
  }
  return batches;
}
