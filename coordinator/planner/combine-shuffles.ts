import type { CombineGrid } from '../../engine/plan/blocks.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import { mapInputs, sameEstimate } from '../../engine/plan/transform.ts';
import type { FabricModel } from '../price/fabric-model.ts';
import { chooseGrid } from '../price/shuffle-cost.ts';
import { MOST_INDEX_ENTRIES } from './choose-fanout.ts';
import { bytesOf } from './estimate-rows.ts';
import type { DraftStage } from './fragment.ts';

/**
 * Puts a combining stage behind each stage whose partitions are so many small pieces that reading them one by one costs more than a
 * second pass over them. Its readers then read the combiners' output in the place of its own.
 */
export function combineShuffles(drafts: readonly DraftStage[], fabric: FabricModel): readonly DraftStage[] {
  const places: number[] = [];
  const made: DraftStage[] = [];
  const redirect = (relation: Relation): Relation => {
    if (relation.kind !== 'input') return mapInputs(relation, redirect);
    return { ...relation, stage: places[relation.stage] ?? relation.stage };
  };
  for (const draft of drafts) {
    const grid = gridFor(draft, fabric);
    const relation = redirect(draft.relation);
    if (grid === undefined || draft.output.kind !== 'hash') {
      places.push(made.push({ ...draft, relation }) - 1);
      continue;
    }
    const { partitions } = draft.output;
    const written = made.push({ ...draft, relation, output: { ...draft.output, blocks: grid.partitionBlocks } }) - 1;
    const combined = made.push({
      relation: { kind: 'input', stage: written, mode: 'combine', types: relation.types, ...sameEstimate(relation) },
      taskCount: grid.producerBlocks * grid.partitionBlocks,
      output: { kind: 'combined', partitions, producers: draft.taskCount, ...grid },
    });
    places.push(combined - 1);
  }
  return made;
}

function gridFor({ relation, taskCount, output }: DraftStage, fabric: FabricModel): CombineGrid | undefined {
  if (fabric.cloud === undefined || output.kind !== 'hash' || output.keys.length === 0) return undefined;
  const shape = { producers: taskCount, partitions: output.partitions, sizeBytes: bytesOf(relation) };
  return chooseGrid(shape, { ...fabric, ...fabric.cloud }, { indexEntries: MOST_INDEX_ENTRIES });
}
