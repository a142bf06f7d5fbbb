import { FabricError } from '../../engine/errors.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import type {
  PlanTable,
  ShuffleCompression,
  Split,
  Stage,
  StageId,
  StageOutput,
  StageScan,
} from '../../engine/plan/stage.ts';
import { walk } from '../../engine/plan/transform.ts';
import type { FabricModel } from '../price/fabric-model.ts';
import { MOST_INDEX_ENTRIES } from './choose-fanout.ts';
import { combineShuffles } from './combine-shuffles.ts';
import { type DraftStage, type Fragment, type Placement, taskCountOf } from './fragment.ts';
import { mergeScanStages } from './merge-scan-stages.ts';
import { simplifyProjections } from './simplify-projections.ts';

/**
 * Makes the stages of a placed plan: those cut off at exchanges, then the one that gives the result. Throws `INVALID_SETTING` where the
 * fan-out makes a shuffle of more pieces than its index may have.
 */
export function cutStages(
  root: Fragment,
  placement: Placement,
  tables: readonly PlanTable[],
  fabric: FabricModel,
  compression?: ShuffleCompression,
): readonly Stage[] {
  const result: DraftStage = {
    relation: root.relation,
    taskCount: taskCountOf(root, placement),
    output: { kind: 'result' },
  };
  const merged = mergeScanStages([...placement.stages, result], placement.scans, tables);
  const drafts = combineShuffles(merged, fabric);
  const stages = drafts.map((draft, index) => finishedStage(draft, index, drafts, placement, fabric));
  return compression === undefined ? stages : stages.map((stage) => compressed(stage, compression));
}

/** A result is not a shuffle; combining tasks pass on what is compressed already. */
function compressed(stage: Stage, shuffleCompression: ShuffleCompression): Stage {
  const { kind } = stage.output;
  return kind === 'result' || kind === 'combined' ? stage : { ...stage, shuffleCompression };
}

function finishedStage(
  draft: DraftStage,
  index: number,
  drafts: readonly DraftStage[],
  placement: Placement,
  fabric: FabricModel,
): Stage {
  checkOutput(draft);
  const dependsOn = new Set<number>();
  const scans: StageScan[] = [];
  const modes = new Map<number, string>();
  walk(draft.relation, (relation) => {
    if (relation.kind === 'input') {
      checkInput(relation, draft, drafts);
      if ((modes.get(relation.stage) ?? relation.mode) !== relation.mode) {
        throw new RangeError(`Stage ${index} reads stage ${relation.stage} in two ways.`);
      }
      modes.set(relation.stage, relation.mode);
      dependsOn.add(relation.stage);
    } else if (relation.kind === 'scan') {
      scans.push({ table: relation.table, tasks: fitted(placement.scans.get(relation.table) ?? [], draft.taskCount) });
    }
  });
  return {
    id: stageId(index),
    root: simplifyProjections(draft.relation),
    taskCount: draft.taskCount,
    scans,
    output: draft.output,
    dependsOn: [...dependsOn].sort((left, right) => left - right).map(stageId),
    threads: threadsOf(draft, drafts, dependsOn.size > 0, fabric),
  };
}

/** The splits of a scan for as many tasks as its stage has: all for one task, all for each task, or one part for each. */
function fitted(tasks: readonly (readonly Split[])[], taskCount: number): readonly (readonly Split[])[] {
  if (taskCount === 1) return [tasks.flat()];
  const [first = [], ...more] = tasks;
  if (more.length === 0) return Array.from({ length: taskCount }, () => first);
  if (tasks.length > taskCount)
    throw new RangeError(`A scan cut into ${tasks.length} tasks is in a stage of ${taskCount}.`);
  return Array.from({ length: taskCount }, (_none, task) => tasks[task] ?? []);
}

function checkOutput({ taskCount, output }: DraftStage): void {
  if (output.kind !== 'hash' || taskCount * (output.blocks ?? output.partitions) <= MOST_INDEX_ENTRIES) return;
  throw new FabricError(
    'INVALID_SETTING',
    `The setting fanout cannot be ${output.partitions} for this query: ${taskCount} tasks would each write ${output.partitions} partitions. Set it to at most ${Math.sqrt(MOST_INDEX_ENTRIES)}.`,
    { details: { setting: 'fanout', value: String(output.partitions) } },
  );
}

/** What every reader relies on. A plan that breaks it would give wrong rows, so it is not let out. */
function checkInput(
  input: Extract<Relation, { kind: 'input' }>,
  reader: DraftStage,
  drafts: readonly DraftStage[],
): void {
  const producer = drafts[input.stage];
  if (producer === undefined || drafts.indexOf(producer) >= drafts.indexOf(reader)) {
    throw new RangeError(`Stage ${drafts.indexOf(reader)} reads stage ${input.stage}, which does not come before it.`);
  }
  const fits = {
    partition: isPartitioned(producer.output) && producer.output.partitions === reader.taskCount,
    all: producer.output.kind === 'single',
    forward: producer.output.kind === 'single' && producer.taskCount === reader.taskCount,
    combine: isCombinedBy(producer, reader.output),
  }[input.mode];
  if (!fits) {
    const output: StageOutput['kind'] = producer.output.kind;
    throw new RangeError(
      `Stage ${drafts.indexOf(reader)} (${reader.taskCount} tasks) reads '${input.mode}' of stage ${input.stage} (${producer.taskCount} tasks, output '${output}').`,
    );
  }
}

/** Whether tasks can read a partition each: not where a combining stage has yet to come. */
function isPartitioned(output: StageOutput): output is Extract<StageOutput, { kind: 'hash' | 'combined' }> {
  return output.kind === 'combined' || (output.kind === 'hash' && output.blocks === undefined);
}

function isCombinedBy({ taskCount, output }: DraftStage, combined: StageOutput): boolean {
  if (output.kind !== 'hash' || combined.kind !== 'combined') return false;
  const { partitions, producers, partitionBlocks } = combined;
  return output.partitions === partitions && output.blocks === partitionBlocks && taskCount === producers;
}

function threadsOf(
  draft: DraftStage,
  drafts: readonly DraftStage[],
  readsShuffle: boolean,
  fabric: FabricModel,
): number {
  if (readsShuffle) return 1;
  // On a machine that all functions share, the other tasks of the plan want its cores too.
  if (fabric.sharedCores && (drafts.length > 1 || draft.taskCount > 1)) return 1;
  return fabric.coresPerTask;
}

function stageId(index: number): StageId {
  // A checked border: the one place that makes stage ids.
  return index as StageId;
}
