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
