import type { AttemptId, ProducedObject, Task, TaskInput } from '../../engine/execute/task.ts';
import { blockOf, blockStart, type CombineGrid } from '../../engine/plan/blocks.ts';
import type { Stage, StageId } from '../../engine/plan/stage.ts';
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
    inputs: stage.dependsOn.map((id) => inputFrom(stageOf(job, id), stage, at.task)),
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

function inputFrom(producer: StageState, reader: Stage, task: number): TaskInput {
  const common = { stage: producer.stage.id, ...(producer.index !== undefined && { index: producer.index }) };
  const grid = gridOf(producer.stage);
  if (reader.output.kind === 'combined') {
    const { producers, producerBlocks, partitionBlocks } = reader.output;
    const block = Math.floor(task / partitionBlocks);
    const [first, end] = [
      blockStart(producers, producerBlocks, block),
      blockStart(producers, producerBlocks, block + 1),
    ];
    const slice = { firstProducer: first, rowProducers: producers, firstPartition: 0 };
    return { ...common, producers: range(first, end).map((at) => producedBy(producer, at)), slice };
  }
  if (producer.stage.output.kind === 'combined' && grid !== undefined) {
    const { partitions } = producer.stage.output;
    const { producerBlocks, partitionBlocks } = grid;
    const block = blockOf(partitions, partitionBlocks, task);
    const firstPartition = blockStart(partitions, partitionBlocks, block);
    const producers = range(0, producerBlocks).map((at) => producedBy(producer, at * partitionBlocks + block));
    return { ...common, producers, slice: { firstProducer: 0, rowProducers: producerBlocks, firstPartition } };
  }
  return { ...common, producers: producersOf(producer) };
}

/** How the tasks of a combining stage share its work; undefined for other stages. */
export function gridOf({ output }: Stage): CombineGrid | undefined {
  return output.kind === 'combined' ? output : undefined;
}

/** The objects that a complete stage's tasks wrote, in task order. */
export function producersOf(stage: StageState): readonly ProducedObject[] {
  return range(0, stage.tasks.length).map((task) => producedBy(stage, task));
}

function producedBy({ stage, tasks }: StageState, index: number): ProducedObject {
  const task = tasks.at(index);
  if (task?.kind !== 'succeeded' || task.output.kind !== 'object') {
    throw new Error(`Task ${index} of stage ${stage.id} has written no object (${task?.kind}).`);
  }
  const { key, identity, rows } = task.output;
  return { key, identity, rows };
}

function range(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_none, at) => start + at);
}
