import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lambdaLimits } from '../../coordinator/invoke/lambda-limits.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import { BIGINT } from '../../engine/plan/types.ts';
import { range, taskOf, totals } from '../execute/fixture.ts';
import { invokerConformance } from '../invoke/conformance.ts';
import { openLambda } from './open-invokers.ts';

invokerConformance('lambda invoker', {
  open: openLambda,
  openFull: () => openLambda([], { reservedConcurrency: 0 }, { throttledTries: 3 }),
  stopsAborted: false,
  payloadBytes: lambdaLimits.synchronousPayloadBytes,
});

describe('a Lambda function', () => {
  const signal = () => new AbortController().signal;

  test('that passes its memory fails its task for good', async () => {
    const at = await openLambda([], { memoryMiB: 128 });
    // Sorting ten million numbers takes more than the function has left.
    const sort: Relation = {
      kind: 'sort',
      types: [BIGINT],
      input: range(10_000_000n),
      keys: [{ expression: { kind: 'column', index: 0, type: BIGINT }, descending: true, nullsFirst: false }],
    };
    const outcome = await at.invoker.invoke(taskOf(sort, { inlineLimitBytes: 1 << 30 }), signal());
    assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
    assert.equal(outcome.code, 'OUT_OF_MEMORY');
    await at.close();
  });

  test('that takes longer than it may has timed out, whatever deadline its task has', async () => {
    const at = await openLambda([], { timeoutSeconds: 2 });
    const task = taskOf(totals(range(1_000_000_000_000n)), { deadlineMs: Date.now() + 600_000 });
    const limit = 'the time its function has';
    assert.deepEqual(await at.invoker.invoke(task, signal()), { kind: 'timed-out', limit });
    await at.close();
  });

  test('that cannot start loses its task and says why', async () => {
    const at = await openLambda([], { environment: {} });
    const outcome = await at.invoker.invoke(taskOf(totals(range(10n))), signal());
    assert.ok(outcome.kind === 'lost', JSON.stringify(outcome));
    assert.match(outcome.message, /needs an object store/);
    await at.close();
  });
});
