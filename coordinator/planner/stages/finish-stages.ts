import { FabricError } from '../../../engine/errors.ts';
import type { ShuffleCompression, Split, Stage, StageId, StageOutput, StageScan } from '../../../engine/plan/stage.ts';
import { walk } from '../../../engine/plan/transform.ts';
import type { FabricModel } from '../../price/fabric-model.ts';
import { MAX_INDEX_ENTRIES } from '../../price/shuffle-cost.ts';
import { simplifyProjections } from '../logical/simplify-projections.ts';
import type { DraftStage, StageInput } from './draft-stage.ts';

/**
 * Converts drafts to stages. Adds the splits of their scans, their dependencies, threads and compression, and checks that every reader fits
 * the output that it reads. Throws `INVALID_SETTING` if the fan-out gives a shuffle more pieces than its index can contain.
 *
 *     4 tasks -> hash(a)        stage 2: 4 tasks, 1 thread, depends on stage 1 -> hash(a)
 *       inner join        ->      inner join
 *         scan t                    scan t    splits: [0] [1] [2] [3]
 *         input all 1               input all of stage 1
 */
export function finishStages(drafts: readonly DraftStage[], context: FinishContext): readonly Stage[] {
  return drafts.map((draft, index) => finished(draft, index, drafts, context));
}

/** The context for finishing stages. */
export interface FinishContext {
  /** The splits of every task, by table index. */
  readonly splits: ReadonlyMap<number, readonly (readonly Split[])[]>;
  readonly fabric: FabricModel;
  readonly shuffleCompression: ShuffleCompression | undefined;
}

function finished(draft: DraftStage, index: number, drafts: readonly DraftStage[], context: FinishContext): Stage {
  const { relation, taskCount, output } = draft;
  checkOutput(draft);
  const modes = new Map<number, string>();
  const scans: StageScan[] = [];
  walk(relation, (part) => {
    if (part.kind === 'input') {
      checkInput(part, index, drafts);
      if ((modes.get(part.stage) ?? part.mode) !== part.mode) {
        throw new RangeError(`Stage ${index} reads stage ${part.stage} in two modes.`);
      }
      modes.set(part.stage, part.mode);
    } else if (part.kind === 'scan') {
      scans.push({ table: part.table, tasks: splitsForTasks(context.splits.get(part.table) ?? [], taskCount) });
    }
  });
  const dependsOn = [...modes.keys()].sort((left, right) => left - right).map(stageId);
  return {
    id: stageId(index),
    root: simplifyProjections(relation),
    taskCount,
    scans,
    output,
    dependsOn,
    threads: threadsOf(draft, drafts.length, dependsOn.length > 0, context.fabric),
    ...compression(output, context.shuffleCompression),
  };
}

/** Returns the compression of a shuffle's output. A result is not a shuffle, and combiners forward bytes that are already compressed. */
function compression({ kind }: StageOutput, shuffleCompression: ShuffleCompression | undefined): Partial<Stage> {
  return shuffleCompression === undefined || kind === 'result' || kind === 'combined' ? {} : { shuffleCompression };
}

/** Returns the splits of a scan for each task of its stage. If the scan is not split, every task reads it as a whole. */
function splitsForTasks(tasks: readonly (readonly Split[])[], taskCount: number): readonly (readonly Split[])[] {
  if (taskCount === 1) return [tasks.flat()];
  const [first = [], ...more] = tasks;
  if (more.length === 0) return Array.from({ length: taskCount }, () => first);
  if (tasks.length > taskCount) {
    throw new RangeError(`A stage of ${taskCount} tasks has a scan with splits for ${tasks.length} tasks.`);
  }
  return Array.from({ length: taskCount }, (_none, task) => tasks[task] ?? []);
}

function checkOutput({ taskCount, output }: DraftStage): void {
  if (output.kind !== 'hash' || taskCount * (output.blocks ?? output.partitions) <= MAX_INDEX_ENTRIES) return;
  throw new FabricError(
    'INVALID_SETTING',
    `The setting fanout cannot be ${output.partitions} for this query: ${taskCount} tasks would each write ${output.partitions} partitions. Set it to at most ${Math.sqrt(MAX_INDEX_ENTRIES)}.`,
    { details: { setting: 'fanout', value: String(output.partitions) } },
  );
}

/** Checks the assumptions of a stage's reader. A plan that violates them would return wrong rows. */
function checkInput({ stage, mode }: StageInput, index: number, drafts: readonly DraftStage[]): void {
  const [producer, reader] = [drafts[stage], drafts[index]];
  if (producer === undefined || reader === undefined || stage >= index) {
    throw new RangeError(`Stage ${index} reads stage ${stage}, which does not come before it.`);
  }
  const { kind } = producer.output;
  const fits = {
    partition: isPartitioned(producer.output) && producer.output.partitions === reader.taskCount,
    all: kind === 'single',
    forward: kind === 'single' && producer.taskCount === reader.taskCount,
    combine: isCombinedBy(producer, reader.output),
  }[mode];
  if (!fits) {
    throw new RangeError(
      `Stage ${index} (${reader.taskCount} tasks) reads '${mode}' of stage ${stage} (${producer.taskCount} tasks, output '${kind}').`,
    );
  }
}

/** Returns whether a task can read a single partition. If the output of a stage will be combined, it has blocks of partitions instead. */
function isPartitioned(output: StageOutput): output is Extract<StageOutput, { kind: 'hash' | 'combined' }> {
  return output.kind === 'combined' || (output.kind === 'hash' && output.blocks === undefined);
}

function isCombinedBy({ taskCount, output }: DraftStage, combined: StageOutput): boolean {
  if (output.kind !== 'hash' || combined.kind !== 'combined') return false;
  const { partitions, producers, partitionBlocks } = combined;
  return output.partitions === partitions && output.blocks === partitionBlocks && taskCount === producers;
}

function threadsOf(draft: DraftStage, stageCount: number, readsShuffle: boolean, fabric: FabricModel): number {
  if (readsShuffle) return 1;
  // If functions share one machine, the plan's other tasks also need its cores.
  if (fabric.sharedCores && (stageCount > 1 || draft.taskCount > 1)) return 1;
  return fabric.coresPerTask;
}

function stageId(index: number): StageId {
  // An unchecked cast is safe here, because no other code creates stage ids.
  return index as StageId;
}
