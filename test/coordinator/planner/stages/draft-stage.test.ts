import assert from 'node:assert/strict';
import test from 'node:test';
import {
  type DraftStage,
  rewriteStages,
  type StageRewrite,
} from '../../../../coordinator/planner/stages/draft-stage.ts';

/** Returns a draft that reads the given stage. */
const reading = (stage: number): DraftStage => ({
  relation: { kind: 'input', stage, mode: 'all', types: [] },
  taskCount: 1,
  output: { kind: 'single' },
});

test('renumbers the inputs of the stages after an added stage', () => {
  const leaf: DraftStage = { ...reading(0), relation: { kind: 'values', types: [], rows: [] } };
  const rewritten = rewriteStages([leaf, reading(0), reading(1)], {
    rewrite: (draft, { add }) => add(reading(add(draft))),
  });
  assert.deepEqual(rewritten, [leaf, reading(0), reading(1), reading(2), reading(3), reading(4)]);
});

test('rejects a stage that reads a later stage', () => {
  const copy: StageRewrite = { rewrite: (draft, { add }) => add(draft) };
  assert.throws(() => rewriteStages([reading(1), reading(0)], copy), /reads stage 1, which does not come before it/);
});
