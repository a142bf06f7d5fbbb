import type { CombineGrid } from '../../../engine/plan/blocks.ts';
import { sameEstimate } from '../../../engine/plan/transform.ts';
import type { FabricModel } from '../../price/fabric-model.ts';
import { chooseGrid, MAX_INDEX_ENTRIES } from '../../price/shuffle-cost.ts';
import { bytesOf } from '../logical/estimate-rows.ts';
import { type DraftStage, rewriteStages } from './draft-stage.ts';

/**
 * Adds a combining stage after each stage whose partitions consist of many small pieces, if reading these one by one costs more than a
 * second pass over them. The readers of the stage then read the output of the combiners.
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
  return rewriteStages(drafts, {
    rewrite: (draft, { add }) => {
      const { relation, taskCount, output } = draft;
      const grid = gridFor(draft, fabric);
      if (grid === undefined || output.kind !== 'hash') return add(draft);
      const stage = add({ ...draft, output: { ...output, blocks: grid.partitionBlocks } });
      return add({
        relation: { kind: 'input', stage, mode: 'combine', types: relation.types, ...sameEstimate(relation) },
        taskCount: grid.producerBlocks * grid.partitionBlocks,
        output: { kind: 'combined', partitions: output.partitions, producers: taskCount, ...grid },
      });
    },
  });
}

function gridFor({ relation, taskCount, output }: DraftStage, fabric: FabricModel): CombineGrid | undefined {
  if (fabric.cloud === undefined || output.kind !== 'hash' || output.keys.length === 0) return undefined;
  const shape = { producers: taskCount, partitions: output.partitions, sizeBytes: bytesOf(relation) };
  return chooseGrid(shape, { ...fabric, ...fabric.cloud }, { indexEntries: MAX_INDEX_ENTRIES });
}
