import { blockOf, blockStart, type CombineGrid } from '../../engine/plan/blocks.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import type { PlanTable, Stage, StageGraph, StageId } from '../../engine/plan/stage.ts';
import { walk } from '../../engine/plan/transform.ts';
import { withoutSplits } from '../../engine/plan/wire/encoded-root.ts';
import type { AttemptId, ProducedObject, Task, TaskInput } from '../../engine/task/task.ts';
import { outputKey } from '../scheduler/keys.ts';
import { type JobState, type StageState, stageOf, taskOf } from '../scheduler/state.ts';

/**
 * Builds the task message for a running attempt. It contains the stage's fragment, the task's splits, and the locations of the outputs that
 * the task reads. It lists all tables of the plan, but a table has files only if the stage scans it, and usually only the files that this
 * task reads. The messages of a stage's tasks share objects, so that common parts are built and encoded only once.
 */
export function buildTask(job: JobState, at: { stage: StageId; task: number; attempt: AttemptId }): Task {
  const { stage } = stageOf(job, at.stage);
  const state = taskOf(job, at.stage, at.task);
  if (state.kind !== 'running') throw new Error(`Task ${at.task} of stage ${at.stage} is ${state.kind}, not running.`);
  const { graph, settings } = job;
  const shared = memoized(sharedParts, stage, () => partsOf(stage, graph));
  return {
    job: job.job,
    stage: shared.stage,
    index: at.task,
    attempt: at.attempt,
    ...readsOf(graph, stage, shared, at.task),
    inputs: stage.dependsOn.map((id) => inputFor(stageOf(job, id), stage, at.task)),
    outputKey: outputKey(job, stage, at.task, at.attempt),
    columns: shared.columns,
    timeZone: graph.timeZone,
    threads: stage.threads,
    memoryMiB: settings.taskMemoryMiB,
    deadlineMs: state.deadline,
    inlineLimitBytes: settings.inlineLimitBytes,
    resultFormat: settings.resultFormat,
  };
}

/** The parts of a task message that all tasks of a stage share. */
interface SharedParts {
  /** The stage without its splits. Each task message contains only the splits of that task. */
  readonly stage: Stage;
  /** The plan's tables, without their files. */
  readonly tables: readonly PlanTable[];
  readonly columns: readonly string[];
  /** The tables whose file numbers must not change, because the fragment reads `file_index`. */
  readonly numbered: ReadonlySet<number>;
}

const sharedParts = new WeakMap<Stage, SharedParts>();
/** Task inputs by the state of the producing stage. The state no longer changes once the stage can be read. */
const taskInputs = new WeakMap<StageState, Map<string, TaskInput>>();

function memoized<Key extends object, Value>(cache: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const cached = cache.get(key);
  if (cached !== undefined) return cached;
  const made = make();
  cache.set(key, made);
  return made;
}

function partsOf(stage: Stage, graph: StageGraph): SharedParts {
  return {
    stage: withoutSplits(stage),
    tables: graph.tables.map((table) => ({ ...table, files: [] })),
    columns: graph.columns.map((column) => column.name),
    numbered: stage.scans.length === 0 ? new Set() : numberedTables(stage.root),
  };
}

function numberedTables(root: Relation): ReadonlySet<number> {
  const numbered = new Set<number>();
  walk(root, (relation) => {
    if (relation.kind !== 'scan') return;
    const isNumbered = relation.columns.some((each) => each.kind === 'virtual' && each.name === 'file_index');
    if (isNumbered) numbered.add(relation.table);
  });
  return numbered;
}

/** The files and splits that one task reads. */
function readsOf(graph: StageGraph, stage: Stage, shared: SharedParts, task: number): Pick<Task, 'tables' | 'splits'> {
  if (stage.scans.length === 0) return { tables: shared.tables, splits: [] };
  const tables = [...shared.tables];
  const splits = stage.scans.map(({ table, tasks }) => {
    const planned = graph.tables[table];
    const own = tasks[task] ?? [];
    if (planned === undefined) throw new Error(`Stage ${stage.id} scans table ${table}, which is not in its plan.`);
    if (shared.numbered.has(table)) {
      tables[table] = planned;
      return { table, splits: own };
    }
    const files = [...new Set(own.map((split) => split.file))].sort((a, b) => a - b);
    const numbers = new Map(files.map((file, number) => [file, number]));
    tables[table] = { ...planned, files: files.flatMap((file) => planned.files[file] ?? []) };
    return { table, splits: own.map((split) => ({ ...split, file: numbers.get(split.file) ?? 0 })) };
  });
  return { tables, splits };
}

/** Returns the input that a task reads from one stage. Tasks that read the same data share one object. */
function inputFor(producer: StageState, reader: Stage, task: number): TaskInput {
  const inputs = memoized(taskInputs, producer, () => new Map<string, TaskInput>());
  const name = `${reader.id}/${blockRead(producer.stage, reader, task)}`;
  const input = inputs.get(name) ?? inputFrom(producer, reader, task);
  inputs.set(name, input);
  return input;
}

/** Returns which block of a stage's outputs a task reads in a two-level shuffle. Returns 0 for other exchanges. */
function blockRead(producer: Stage, reader: Stage, task: number): number {
  if (reader.output.kind === 'combined') return Math.floor(task / reader.output.partitionBlocks);
  if (producer.output.kind !== 'combined') return 0;
  return blockOf(producer.output.partitions, producer.output.partitionBlocks, task);
}

function inputFrom(producer: StageState, reader: Stage, task: number): TaskInput {
  const common = { stage: producer.stage.id, ...(producer.index !== undefined && { index: producer.index }) };
  const grid = gridOf(producer.stage);
  if (reader.output.kind === 'combined') {
    const { producers, producerBlocks } = reader.output;
    const block = blockRead(producer.stage, reader, task);
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
    const block = blockRead(producer.stage, reader, task);
    const firstPartition = blockStart(partitions, partitionBlocks, block);
    const producers = range(0, producerBlocks).map((at) => producedBy(producer, at * partitionBlocks + block));
    return { ...common, producers, slice: { firstProducer: 0, rowProducers: producerBlocks, firstPartition } };
  }
  return { ...common, producers: producersOf(producer) };
}

/** Returns the grid that divides a combining stage's work among its tasks, or undefined for other stages. */
export function gridOf({ output }: Stage): CombineGrid | undefined {
  return output.kind === 'combined' ? output : undefined;
}

/** Returns the objects that the tasks of a complete stage wrote, in task order. */
export function producersOf(stage: StageState): readonly ProducedObject[] {
  return range(0, stage.tasks.length).map((task) => producedBy(stage, task));
}

function producedBy({ stage, tasks }: StageState, index: number): ProducedObject {
  const task = tasks.at(index);
  if (task?.kind !== 'succeeded' || task.output.kind !== 'object') {
    throw new Error(`Task ${index} of stage ${stage.id} has no output object (state: ${task?.kind}).`);
  }
  const { key, identity, rows } = task.output;
  return { key, identity, rows };
}

function range(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_none, at) => start + at);
}
