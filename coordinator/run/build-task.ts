import type { AttemptId, ProducedObject, Task, TaskInput } from '../../engine/execute/task.ts';
import type { StageId } from '../../engine/plan/stage.ts';
import { outputKey } from '../scheduler/keys.ts';
import { type JobState, type StageState, stageOf, taskOf } from '../scheduler/state.ts';

/**
 * The message for a running attempt: its stage's fragment, its splits, and where the outputs it reads are. Of the plan's tables
 * only those the stage scans keep their files.
 */
export function buildTask(job: JobState, at: { stage: StageId; task: number; attempt: AttemptId }): Task {
  const { stage } = stageOf(job, at.stage);
  const state = taskOf(job, at.stage, at.task);
  if (state.kind !== 'running') throw new Error(`Task ${at.task} of stage ${at.stage} is ${state.kind}, not running.`);
  const scanned = new Set(stage.scans.map((scan) => scan.table));
  const { graph, settings } = job;
  return {
    job: job.job,
    // Its own splits are below; those of the stage's other tasks are of no use to it.
    stage: { ...stage, scans: [] },
    index: at.task,
    attempt: at.attempt,
    tables: graph.tables.map((table, index) => (scanned.has(index) ? table : { ...table, files: [] })),
    splits: stage.scans.map((scan) => ({ table: scan.table, splits: scan.tasks[at.task] ?? [] })),
    inputs: stage.dependsOn.map((id) => inputFrom(stageOf(job, id))),
    outputKey: outputKey(job, stage, at.task, at.attempt),
    columns: graph.columns.map((column) => column.name),
    timeZone: graph.timeZone,
    threads: stage.threads,
    memoryMiB: settings.memoryMiB,
    deadlineMs: state.deadline,
    inlineLimitBytes: settings.inlineLimitBytes,
    resultFormat: settings.resultFormat,
  };
}

function inputFrom(stage: StageState): TaskInput {
  return {
    stage: stage.stage.id,
    producers: producersOf(stage),
    ...(stage.index !== undefined && { index: stage.index }),
  };
}

/** The objects that a complete stage's tasks wrote, in task order. */
export function producersOf(stage: StageState): readonly ProducedObject[] {
  return stage.tasks.map((task, index) => {
    if (task.kind !== 'succeeded' || task.output.kind !== 'object') {
      throw new Error(`Task ${index} of stage ${stage.stage.id} has written no object (${task.kind}).`);
    }
    const { key, identity, rows } = task.output;
    return { key, identity, rows };
  });
}
