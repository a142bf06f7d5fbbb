import type { Relation } from '../../../engine/plan/relation.ts';
import { walk } from '../../../engine/plan/transform.ts';
import { type DraftStage, mapStageInputs, rewriteStages, type StageInput, type StageList } from './draft-stage.ts';

/**
 * Adds a copy of a stage if one task would read the stage both as a whole and task by task. A task can read the output of a stage in only
 * one mode, so the whole read uses the copy. This happens when a definition is joined with itself.
 *
 *     stage 0 -> single                stage 0 -> single
 *       scan t                           scan t
 *     stage 1 -> result          ->    stage 1 -> single
 *       inner join on a < a              input forward of stage 0
 *         input forward of stage 0     stage 2 -> result
 *         input all of stage 0           inner join on a < a
 *                                          input forward of stage 0
 *                                          input all of stage 1
 */
export function separateReadModes(drafts: readonly DraftStage[]): readonly DraftStage[] {
  const copies = new Map<number, number>();
  const copyOf = (input: StageInput, { stages, add }: StageList): number => {
    const relation: Relation = { ...input, mode: 'forward' };
    const taskCount = stages[input.stage]?.taskCount ?? 1;
    const copy = copies.get(input.stage) ?? add({ relation, taskCount, output: { kind: 'single' } });
    copies.set(input.stage, copy);
    return copy;
  };
  return rewriteStages(drafts, {
    rewrite: (draft, list) => {
      const forwarded = forwardedStages(draft.relation);
      const relation = mapStageInputs(draft.relation, (input) =>
        input.mode === 'all' && forwarded.has(input.stage) ? { ...input, stage: copyOf(input, list) } : input,
      );
      return list.add({ ...draft, relation });
    },
  });
}

function forwardedStages(root: Relation): ReadonlySet<number> {
  const stages = new Set<number>();
  walk(root, (relation) => {
    if (relation.kind === 'input' && relation.mode === 'forward') stages.add(relation.stage);
  });
  return stages;
}
