import type { Relation } from '../../../engine/plan/relation.ts';
import { walk } from '../../../engine/plan/transform.ts';
import { type DraftStage, mapStageInputs, type StageInput } from './draft-stage.ts';

/**
 * Gives the readers of all rows of a stage a copy of it, where the same task also reads that stage task by task: a task can find the
 * output of a stage in one mode only. It happens when a definition is joined with itself.
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
  const separated: DraftStage[] = [];
  const numbers: number[] = [];
  const copies = new Map<number, number>();
  for (const draft of drafts) {
    const forwarded = forwardedStages(draft.relation);
    const copyOf = (input: StageInput, stage: number): number => {
      const relation: Relation = { ...input, stage, mode: 'forward' };
      const taskCount = separated[stage]?.taskCount ?? 1;
      const copy = copies.get(stage) ?? separated.push({ relation, taskCount, output: { kind: 'single' } }) - 1;
      copies.set(stage, copy);
      return copy;
    };
    const relation = mapStageInputs(draft.relation, (input) => {
      const stage = numbers[input.stage] ?? -1;
      const isCopied = input.mode === 'all' && forwarded.has(input.stage);
      return { ...input, stage: isCopied ? copyOf(input, stage) : stage };
    });
    numbers.push(separated.push({ ...draft, relation }) - 1);
  }
  return separated;
}

function forwardedStages(root: Relation): ReadonlySet<number> {
  const stages = new Set<number>();
  walk(root, (relation) => {
    if (relation.kind === 'input' && relation.mode === 'forward') stages.add(relation.stage);
  });
  return stages;
}
