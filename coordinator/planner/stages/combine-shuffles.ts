import type { CombineGrid } from '../../../engine/plan/blocks.ts';
import { sameEstimate } from '../../../engine/plan/transform.ts';
import type { FabricModel } from '../../price/fabric-model.ts';
import { chooseGrid } from '../../price/shuffle-cost.ts';
import { MOST_INDEX_ENTRIES } from '../fanout/choose-fanout.ts';
import { bytesOf } from '../logical/estimate-rows.ts';
import { type DraftStage, mapStageInputs } from './draft-stage.ts';

/**
 * Puts a combining stage behind each stage whose partitions are so many small pieces that reading them one by one costs more than a
 * second pass over them. Its readers then read the output of the combiners.
 *
 *     stage 0 -> hash(a)                  stage 0 -> hash(a), in blocks of partitions
 *       scan t                              scan t
 *     stage 1 -> result             ->    stage 1 -> combined
 *       aggregate by a                      input combine of stage 0
 *         input partition of stage 0      stage 2 -> result
 *                                           aggregate by a
 *                                             input partition of stage 1
 */
export function combineShuffles(drafts: readonly DraftStage[], fabric: FabricModel): readonly DraftStage[] {
  const combined: DraftStage[] = [];
  const numbers: number[] = [];
  for (const draft of drafts) {
    const grid = gridFor(draft, fabric);
    const relation = mapStageInputs(draft.relation, (input) => ({ ...input, stage: numbers[input.stage] ?? -1 }));
    if (grid === undefined || draft.output.kind !== 'hash') {
      numbers.push(combined.push({ ...draft, relation }) - 1);
      continue;
    }
    const { partitions } = draft.output;
    const written = { ...draft, relation, output: { ...draft.output, blocks: grid.partitionBlocks } };
    const stage = combined.push(written) - 1;
    const combiners: DraftStage = {
      relation: { kind: 'input', stage, mode: 'combine', types: relation.types, ...sameEstimate(relation) },
      taskCount: grid.producerBlocks * grid.partitionBlocks,
      output: { kind: 'combined', partitions, producers: draft.taskCount, ...grid },
    };
    numbers.push(combined.push(combiners) - 1);
  }
  return combined;
}

function gridFor({ relation, taskCount, output }: DraftStage, fabric: FabricModel): CombineGrid | undefined {
  if (fabric.cloud === undefined || output.kind !== 'hash' || output.keys.length === 0) return undefined;
  const shape = { producers: taskCount, partitions: output.partitions, sizeBytes: bytesOf(relation) };
  return chooseGrid(shape, { ...fabric, ...fabric.cloud }, { indexEntries: MOST_INDEX_ENTRIES });
}
