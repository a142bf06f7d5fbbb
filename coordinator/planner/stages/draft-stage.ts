import type { Relation } from '../../../engine/plan/relation.ts';
import type { StageOutput } from '../../../engine/plan/stage.ts';
import { mapInputs } from '../../../engine/plan/transform.ts';

/** An unfinished stage: its operators, its number of tasks, and the destination of its rows. Its position in the list is its id. */
export interface DraftStage {
  readonly relation: Relation;
  readonly taskCount: number;
  readonly output: StageOutput;
}

/** A leaf of a stage's relation that reads another stage. */
export type StageInput = Extract<Relation, { kind: 'input' }>;

/** Returns a copy of a relation in which `change` replaces every leaf that reads another stage. */
export function mapStageInputs(relation: Relation, change: (input: StageInput) => Relation): Relation {
  return relation.kind === 'input' ? change(relation) : mapInputs(relation, (input) => mapStageInputs(input, change));
}

/** The list of stages that `rewriteStages` builds. */
export interface StageList {
  /** The stages added so far. */
  readonly stages: readonly DraftStage[];
  /** Appends a stage and returns its number. */
  readonly add: (draft: DraftStage) => number;
  /** Returns the new number of an old stage. Throws a `RangeError` if the old stage has not been rewritten yet. */
  readonly stageOf: (old: number) => number;
}

/** The changes that `rewriteStages` makes to a list of stages. */
export interface StageRewrite {
  /**
   * Adds the replacement of an old stage, and returns the number of the stage that its readers should read instead. The inputs of `draft`
   * already have their new numbers.
   */
  readonly rewrite: (draft: DraftStage, list: StageList, old: number) => number;
  /** Replaces an input, which already has its new number. If absent, inputs are only renumbered. */
  readonly readInput?: (input: StageInput, old: number) => Relation;
}

/** Builds a new list of stages by rewriting the old stages in order. Renumbers their inputs. */
export function rewriteStages(
  drafts: readonly DraftStage[],
  { rewrite, readInput = (input) => input }: StageRewrite,
): readonly DraftStage[] {
  const stages: DraftStage[] = [];
  const numbers = new Map<number, number>();
  const list: StageList = {
    stages,
    add: (draft) => stages.push(draft) - 1,
    stageOf: (old) => {
      const stage = numbers.get(old);
      if (stage === undefined) throw new RangeError(`A stage reads stage ${old}, which does not come before it.`);
      return stage;
    },
  };
  for (const [old, draft] of drafts.entries()) {
    const relation = mapStageInputs(draft.relation, (input) =>
      readInput({ ...input, stage: list.stageOf(input.stage) }, input.stage),
    );
    numbers.set(old, rewrite({ ...draft, relation }, list, old));
  }
  return stages;
}
