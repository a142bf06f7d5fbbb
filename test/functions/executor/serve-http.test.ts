import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { encodeHeader } from '../../../engine/plan/wire/version.ts';
import { encodeTask } from '../../../engine/task/encode-task.ts';
import { decodeOutcomeEnvelope, encodeTaskEnvelope } from '../../../engine/task/envelope.ts';
import { signTask } from '../../../engine/task/signature.ts';
import type { EncodedTask, Task, TaskOutcome } from '../../../engine/task/task.ts';
import type { RunTask } from '../../../functions/executor/handle-task.ts';
import { type HttpService, serveHttp } from '../../../functions/executor/serve-http.ts';
import { volley } from '../../../proto/generated/volley.js';
import { messageToBytes } from '../../../proto/message.ts';
import { command, decoding } from '../../coordinator/invoke/fixture.ts';
import { wrote } from '../../coordinator/scheduler/graph.ts';

const key = Buffer.from('a key that is long enough');
const sign = (task: Task) => encodeTaskEnvelope(task, { key, expiresMs: Date.now() + 10_000 });
const signed = sign(command('x'));

async function serving(t: TestContext, run: RunTask, concurrency = 1): Promise<HttpService> {
  const service = await serveHttp({ host: '127.0.0.1', port: 0, concurrency, keys: [key], run: decoding(run) });
  t.after(() => service.drain());
  return service;
}

interface Answer {
  readonly status: number;
  readonly outcome: TaskOutcome;
}

async function post({ url }: HttpService, body: string, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(`${url}/2015-03-31/functions/function/invocations`, {
    method: 'POST',
    body,
    ...(signal === undefined ? {} : { signal }),
  });
  return { status: response.status, outcome: decodeOutcomeEnvelope(await response.text()) };
}

async function health({ url }: HttpService): Promise<readonly [number, unknown]> {
  const response = await fetch(`${url}/healthz`);
  return [response.status, await response.json()];
}

/** Returns a task that ends on command, and a promise that resolves when the task starts. */
function gate(): { readonly run: RunTask; readonly begun: Promise<AbortSignal>; readonly end: () => void } {
  let begin: (signal: AbortSignal) => void = () => undefined;
  let end: () => void = () => undefined;
  const begun = new Promise<AbortSignal>((resolve) => {
    begin = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run: RunTask = async (_, signal) => {
    begin(signal);
    await ended;
    return wrote('k');
  };
  return { run, begun, end };
}

describe('a standalone executor', () => {
  test('answers a signed task with its outcome', async (t) => {
    const service = await serving(t, async (task) => wrote(task.columns.join()));
    assert.deepEqual(await post(service, sign(command('one'))), { status: 200, outcome: wrote('one') });
  });

  test('answers with a failure if the task throws', async (t) => {
    const service = await serving(t, () => Promise.reject(new Error('a defect')));
    const { status, outcome } = await post(service, signed);
    assert.ok(outcome.kind === 'failed');
    assert.deepEqual([status, outcome.code], [200, 'INTERNAL']);
  });

  for (const [what, body, status, code] of [
    ['is not signed', encodeTaskEnvelope(command('x')), 403, 'TASK_REFUSED'],
    ['is not JSON', 'x', 400, 'MESSAGE_INVALID'],
    ['has no version', '{}', 400, 'VERSION_SKEW'],
  ] as const) {
    test(`answers ${status} ${code} to a task that ${what}, and does not run it`, async (t) => {
      const service = await serving(t, () => assert.fail('the task ran'));
      const answer = await post(service, body);
      assert.ok(answer.outcome.kind === 'failed');
      assert.deepEqual([answer.status, answer.outcome.code], [status, code]);
    });
  }

  test('forwards the bytes of a task unchanged', async (t) => {
    const task = command('x');
    const handedOn: EncodedTask[] = [];
    const run = async (encoded: EncodedTask): Promise<TaskOutcome> => {
      handedOn.push(encoded);
      return wrote('k');
    };
    const service = await serveHttp({ host: '127.0.0.1', port: 0, concurrency: 1, keys: [key], run });
    t.after(() => service.drain());
    assert.equal((await post(service, sign(task))).status, 200);
    const { memoryMiB, deadlineMs } = task;
    const [{ bytes, ...head } = assert.fail('nothing was run')] = handedOn;
    assert.deepEqual([Buffer.from(bytes), head], [Buffer.from(encodeTask(task)), { memoryMiB, deadlineMs }]);
  });

  test('answers 400 for a signed task that its executor process cannot decode', async (t) => {
    const { job, attempt } = command('x');
    const claims = { job, attempt, expiresMs: Date.now() + 10_000 };
    // A task without a result format is not valid in this version.
    const bytes = messageToBytes(volley.TaskHead, { header: encodeHeader() });
    const { expiresMs, mac } = signTask(bytes, claims, key);
    const signature = { job, attempt, expires_ms: expiresMs, mac };
    const service = await serving(t, () => assert.fail('the task ran'));
    const envelope = { format_version: 1, task: Buffer.from(bytes).toString('base64'), signature };
    const { status, outcome } = await post(service, JSON.stringify(envelope));
    assert.ok(outcome.kind === 'failed');
    assert.deepEqual([status, outcome.code], [400, 'VERSION_SKEW']);
  });

  test('answers 404 for unknown paths and 405 for unsupported methods', async (t) => {
    const service = await serving(t, () => assert.fail('the task ran'));
    assert.equal((await fetch(`${service.url}/`)).status, 404);
    assert.equal((await fetch(`${service.url}/2015-03-31/functions/function/invocations`)).status, 405);
  });

  test('answers 429 if no slot is free, and reports its number of slots', async (t) => {
    const { run, begun, end } = gate();
    const service = await serving(t, run);
    assert.deepEqual(await health(service), [200, { status: 'ready', concurrency: 1, running: 0 }]);
    const first = post(service, signed);
    await begun;
    assert.deepEqual(await post(service, signed), { status: 429, outcome: { kind: 'throttled' } });
    assert.deepEqual(await health(service), [200, { status: 'ready', concurrency: 1, running: 1 }]);
    end();
    assert.equal((await first).status, 200);
    assert.equal((await post(service, signed)).status, 200);
  });

  test('aborts a task when its caller disconnects', async (t) => {
    const { run, begun, end } = gate();
    const service = await serving(t, run);
    const caller = new AbortController();
    const answer = post(service, signed, caller.signal);
    const signal = await begun;
    caller.abort();
    await assert.rejects(answer);
    if (!signal.aborted) await once(signal, 'abort');
    end();
  });

  test('finishes running tasks, rejects new tasks and closes after a drain request', async (t) => {
    const { run, begun, end } = gate();
    const service = await serving(t, run, 2);
    const running = post(service, signed);
    await begun;
    const drained = service.drain();
    assert.equal((await health(service))[0], 503);
    assert.deepEqual(await post(service, signed), { status: 503, outcome: { kind: 'throttled' } });
    end();
    assert.equal((await running).status, 200);
    await drained;
    await assert.rejects(fetch(`${service.url}/healthz`));
  });
});
