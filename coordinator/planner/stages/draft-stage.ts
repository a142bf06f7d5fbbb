import type { Relation } from '../../../engine/plan/relation.ts';
import type { StageOutput } from '../../../engine/plan/stage.ts';
import { mapInputs } from '../../../engine/plan/transform.ts';

/** A stage before it is finished: what runs, in how many tasks, and where its rows go. Its position in the list is its id. */
export interface DraftStage {
  readonly relation: Relation;
  readonly taskCount: number;
  readonly output: StageOutput;
}

/** A leaf of a stage's relation that reads another stage. */
export type StageInput = Extract<Relation, { kind: 'input' }>;

/** A relation with every leaf that reads another stage replaced. */
export function mapStageInputs(relation: Relation, change: (input: StageInput) => Relation): Relation {
  return relation.kind === 'input' ? change(relation) : mapInputs(relation, (input) => mapStageInputs(input, change));
}

/** The list of stages that `rewriteStages` makes. */
export interface StageList {
  /** The stages so far. */
  readonly stages: readonly DraftStage[];
  /** Appends a stage and returns its number. */
  readonly add: (draft: DraftStage) => number;
  /** The new number of an old stage. Throws a `RangeError` if it has none yet. */
  readonly stageOf: (old: number) => number;
}

/** How `rewriteStages` changes a list of stages. */
export interface StageRewrite {
  /**
   * Adds what takes the place of an old stage, and returns the number of the stage that its readers read instead. The stage's inputs have
   * their new numbers already.
   */
  readonly rewrite: (draft: DraftStage, list: StageList, old: number) => number;
  /** Replaces an input, which has its new number already. Absent: inputs stay as they are. */
  readonly readInput?: (input: StageInput, old: number) => Relation;
}

/** Makes a new list of stages from an old one, in order, and renumbers the inputs. */
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
