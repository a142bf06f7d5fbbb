import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { decodeOutcomeEnvelope, encodeTaskEnvelope } from '../../../engine/task/envelope.ts';
import type { RunTask } from '../../../functions/executor/handle-task.ts';
import { serveRuntimeApi } from '../../../functions/executor/serve-runtime-api.ts';
import { openRuntimeApi, type RuntimeApi } from '../../../localstack/lambda/runtime-api.ts';
import { command } from '../../coordinator/invoke/fixture.ts';
import { wrote } from '../../coordinator/scheduler/graph.ts';

type Heard =
  | { readonly kind: 'asked' }
  | { readonly kind: 'init-failed' | 'failed'; readonly body: string }
  | { readonly kind: 'answered'; readonly id: string; readonly body: string }
  | { readonly kind: 'too-much' };

interface Place {
  readonly api: RuntimeApi;
  /** Returns the next call that the function makes to the API. */
  heard(): Promise<Heard>;
  /** Resolves when the function has ended. */
  readonly served: Promise<unknown>;
  send(payload: string, deadlineMs?: number): void;
}

/** Starts an executor as a function of a local Runtime API. */
async function under(t: TestContext, start: () => Promise<RunTask>): Promise<Place> {
  const calls: Heard[] = [];
  const waiting: ((heard: Heard) => void)[] = [];
  const tell = (heard: Heard) => {
    const next = waiting.shift();
    if (next === undefined) calls.push(heard);
    else next(heard);
  };
  const api = await openRuntimeApi(
    {
      asked: () => tell({ kind: 'asked' }),
      initFailed: (body) => tell({ kind: 'init-failed', body: body.toString() }),
      answered: (id, body) => tell({ kind: 'answered', id, body: body.toString() }),
      answeredTooMuch: () => tell({ kind: 'too-much' }),
      failed: (_, body) => tell({ kind: 'failed', body: body.toString() }),
    },
    () => true,
  );
  t.after(() => api.close());
  const served = serveRuntimeApi({ api: api.address, start }).catch((error: unknown) => error);
  let sent = 0;
  return {
    api,
    served,
    heard: async () => {
      const first = calls.shift();
      return first ?? new Promise((resolve) => waiting.push(resolve));
    },
    send: (payload, deadlineMs = Date.now() + 60_000) => {
      sent += 1;
      api.deliver({ id: `id-${sent}`, arn: 'arn', deadlineMs, payload: Buffer.from(payload) });
    },
  };
}

describe('the executor as a Lambda function', () => {
  test('requests a task, returns its outcome, and requests the next task', async (t) => {
    const at = await under(t, async () => async (task) => wrote(task.columns.join()));
    for (const name of ['one', 'two']) {
      assert.deepEqual(await at.heard(), { kind: 'asked' });
      at.send(encodeTaskEnvelope(command(name)));
      const answer = await at.heard();
      assert.ok(answer.kind === 'answered');
      assert.deepEqual(decodeOutcomeEnvelope(answer.body), wrote(name));
    }
  });

  test('ends a task before the deadline of the function', async (t) => {
    const seen: number[] = [];
    const at = await under(t, async () => async (task) => {
      seen.push(task.deadlineMs);
      return { kind: 'timed-out' };
    });
    const nowMs = Date.now();
    for (const [task, platform] of [
      [nowMs + 50_000, nowMs + 10_000],
      [nowMs + 5000, nowMs + 10_000],
    ] as const) {
      await at.heard();
      at.send(encodeTaskEnvelope(command('x', task)), platform);
      await at.heard();
    }
    assert.deepEqual(seen, [nowMs + 9700, nowMs + 5000]);
  });

  for (const [what, payload, code] of [
    ['a payload that is not an envelope', '{}', 'VERSION_SKEW'],
    ['a payload that is not JSON', 'x', 'MESSAGE_INVALID'],
    ['a task that throws', encodeTaskEnvelope(command('x')), 'INTERNAL'],
  ] as const) {
    test(`answers ${what} with a failure, and continues`, async (t) => {
      const at = await under(t, async () => () => Promise.reject(new Error('a defect')));
      await at.heard();
      at.send(payload);
      const answer = await at.heard();
      assert.ok(answer.kind === 'answered');
      const outcome = decodeOutcomeEnvelope(answer.body);
      assert.ok(outcome.kind === 'failed');
      assert.equal(outcome.code, code);
      assert.deepEqual(await at.heard(), { kind: 'asked' });
    });
  }

  test('reports a failed start to the platform, and ends', async (t) => {
    const at = await under(t, () => Promise.reject(new Error('no such library')));
    const calls = await at.heard();
    assert.ok(calls.kind === 'init-failed');
    assert.deepEqual(JSON.parse(calls.body), {
      errorType: 'INTERNAL',
      errorMessage: 'Internal error: no such library',
      stackTrace: [],
    });
    assert.match(String(await at.served), /no such library/);
  });

  test('ends when the Runtime API becomes unavailable', async (t) => {
    const at = await under(t, async () => () => assert.fail('the task ran'));
    await at.heard();
    at.api.close();
    assert.ok((await at.served) instanceof Error);
  });
});
