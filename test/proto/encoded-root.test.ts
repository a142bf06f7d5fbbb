import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeRecord } from '../../coordinator/journal/decode-record.ts';
import { encodeRecord } from '../../coordinator/journal/encode-record.ts';
import { isReferred } from '../../coordinator/scheduler/long-fragment.ts';
import type { Stage } from '../../engine/plan/stage.ts';
import { VARCHAR } from '../../engine/plan/types.ts';
import { decodeFragment } from '../../engine/plan/wire/decode-stages.ts';
import { encodeFragment, encodeStageGraph, encodeStageGraphOutline } from '../../engine/plan/wire/encode-stages.ts';
import { withoutSplits } from '../../engine/plan/wire/encoded-root.ts';
import { volley } from '../../proto/generated/volley.js';
import { messageToBytes } from '../../proto/message.ts';
import { graphOf, stage, submission } from '../coordinator/scheduler/graph.ts';

/** Returns a stage that returns one constant row. */
function constantStage(): Stage {
  const value = { kind: 'constant', value: 'x', type: VARCHAR } as const;
  return { ...stage(0, 1, [], { kind: 'result' }), root: { kind: 'values', types: [VARCHAR], rows: [[value]] } };
}

function journaledStage(made: Stage): Stage {
  const record = decodeRecord(encodeRecord(submission(graphOf(made))));
  assert.ok(record.kind === 'job-submitted');
  const [decoded] = record.graph.stages;
  assert.ok(decoded !== undefined);
  return decoded;
}

test('a journaled graph has the same bytes as a graph whose roots are part of the message', () => {
  const graph = graphOf(constantStage());
  const outline = messageToBytes(volley.StageGraphOutline, encodeStageGraphOutline(graph));
  assert.deepEqual(outline, encodeStageGraph(graph));
});

test('reading a journal does not decode the roots of stages, and the first access decodes a root once', (t) => {
  const made = constantStage();
  const decode = t.mock.method(volley.Relation, 'decode');
  const decoded = journaledStage(made);
  assert.equal(decode.mock.callCount(), 0);
  assert.deepStrictEqual([decoded.root, decoded.root], [made.root, made.root]);
  assert.equal(decode.mock.callCount(), 1);
});

test('a fragment is encoded from the root in the journal', (t) => {
  const made = constantStage();
  const decoded = journaledStage(made);
  const [encode, decode] = [t.mock.method(volley.Relation, 'encode'), t.mock.method(volley.Relation, 'decode')];
  for (const each of [made, decoded]) {
    assert.equal(isReferred(each), false);
    const bytes = encodeFragment(withoutSplits(each));
    assert.deepEqual([encode.mock.callCount(), decode.mock.callCount()], [0, 0]);
    assert.deepStrictEqual(decodeFragment(bytes, []), made);
    decode.mock.resetCalls();
  }
});

test('a root that was never journaled is encoded once', (t) => {
  const encode = t.mock.method(volley.Relation, 'encode');
  const made = constantStage();
  assert.deepEqual(encodeFragment(made), encodeFragment(made));
  assert.equal(encode.mock.callCount(), 1);
});
