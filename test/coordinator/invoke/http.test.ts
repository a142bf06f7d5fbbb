import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { limitAttempt } from '../../../coordinator/invoke/attempt-limits.ts';
import { createHttpInvoker, type HttpInvokerOptions } from '../../../coordinator/invoke/http.ts';
import { HttpEndpoint } from '../../../coordinator/invoke/http-endpoint.ts';
import type { Invoker } from '../../../coordinator/invoke/invoker.ts';
import type { RunTask } from '../../../functions/executor/handle-task.ts';
import { type HttpService, type HttpServiceOptions, serveHttp } from '../../../functions/executor/serve-http.ts';
import { wrote } from '../scheduler/graph.ts';
import { command, decoding } from './fixture.ts';

const key = Buffer.from('a key that is long enough');
const otherKey = Buffer.from('a key that others have');
const never = () => new AbortController().signal;

async function executor(
  t: TestContext,
  concurrency: number,
  run: RunTask,
  options: Partial<HttpServiceOptions> = {},
): Promise<HttpService> {
  const service = await serveHttp({
    host: '127.0.0.1',
    port: 0,
    concurrency,
    keys: [key],
    run: decoding(run),
    ...options,
  });
  t.after(() => service.drain());
  return service;
}

function invoking(
  t: TestContext,
  changes: Partial<HttpInvokerOptions> & Pick<HttpInvokerOptions, 'executors'>,
): Invoker {
  const invoker = createHttpInvoker({ key, healthMs: 10, random: () => 0, ...changes });
  t.after(() => invoker.close());
  return invoker;
}

/** Returns an address on which no server listens. */
async function deadUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  server.close();
  return `http://127.0.0.1:${address.port}`;
}

/** Returns tasks that wait until `wanted` of them are running. */
function together(wanted: number): (name: string) => RunTask {
  let begun = 0;
  let release: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    release = resolve;
  });
  return (name) => async () => {
    begun += 1;
    if (begun === wanted) release();
    await all;
    return wrote(name);
  };
}

describe('the HTTP invoker', () => {
  test('uses all slots that its executors report', async (t) => {
    const run = together(3);
    const [small, large] = [await executor(t, 1, run('small')), await executor(t, 2, run('large'))];
    const invoker = invoking(t, { executors: { kind: 'list', urls: [small.url, large.url] } });
    const outcomes = await Promise.all([1, 2, 3].map(() => invoker.invoke(command('x'), never())));
    const names = outcomes.map(
      (outcome) => outcome.kind === 'succeeded' && outcome.output.kind === 'object' && outcome.output.key,
    );
    assert.deepEqual(names.sort(), ['large', 'large', 'small']);
    assert.equal(invoker.concurrency, 3);
  });

  test('skips an unreachable executor', async (t) => {
    const { url } = await executor(t, 1, async () => wrote('k'));
    const invoker = invoking(t, { executors: { kind: 'list', urls: [await deadUrl(), url] } });
    for (let task = 0; task < 3; task += 1) assert.deepEqual(await invoker.invoke(command('x'), never()), wrote('k'));
    assert.equal(invoker.concurrency, 1);
  });

  test('finds executors by host name', async (t) => {
    const { url } = await executor(t, 1, async () => wrote('k'));
    // The name may also resolve to addresses on which no server listens.
    const executors = { kind: 'name', host: 'localhost', port: Number(new URL(url).port), refreshMs: 10 } as const;
    assert.deepEqual(await invoking(t, { executors }).invoke(command('x'), never()), wrote('k'));
  });

  test('reports a task as throttled, and names the executors, when no executor becomes healthy', async (t) => {
    const url = await deadUrl();
    const invoker = invoking(t, { executors: { kind: 'list', urls: [url] }, unavailableMs: 500 });
    const outcome = await invoker.invoke(command('x'), never());
    assert.ok(outcome.kind === 'throttled', outcome.kind);
    assert.match(outcome.unavailableReason ?? '', new RegExp(`no executor is healthy \\(${url}: .*ECONNREFUSED`));
  });

  for (const status of [429, 502, 503]) {
    test(`does not resend a task after a ${status} from a proxy, because the task may have run`, async (t) => {
      let invocations = 0;
      const proxy = createHttpServer((request, response) => {
        if (request.url === '/healthz') {
          response.end('{"status":"ready","concurrency":1,"running":0}');
          return;
        }
        invocations += 1;
        request.resume().on('end', () => response.writeHead(status).end('<html>upstream connect error</html>'));
      }).listen(0, '127.0.0.1');
      await once(proxy, 'listening');
      t.after(() => {
        proxy.close();
        proxy.closeAllConnections();
      });
      const address = proxy.address();
      assert.ok(typeof address === 'object' && address !== null);
      const url = `http://127.0.0.1:${address.port}`;
      const outcome = await invoking(t, { executors: { kind: 'list', urls: [url] } }).invoke(command('x'), never());
      assert.ok(outcome.kind === 'lost', outcome.kind);
      assert.equal(outcome.message, `the executor ${url} answered ${status} without an outcome`);
      assert.equal(invocations, 1);
    });
  }

  test('reports new capacity when an executor becomes healthy', async (t) => {
    const url = await deadUrl();
    const invoker = invoking(t, { executors: { kind: 'list', urls: [url] } });
    assert.equal(invoker.concurrency, 1);
    const grown = new Promise<void>((resolve) => {
      invoker.onCapacity?.(() => invoker.concurrency === 8 && resolve());
    });
    await executor(t, 8, async () => wrote('k'), { port: Number(new URL(url).port) });
    await grown;
  });

  test('times out if no answer arrives by the deadline', async (t) => {
    const { url } = await executor(t, 1, (_, signal) => once(signal, 'abort').then(() => wrote('k')));
    const invoker = invoking(t, { executors: { kind: 'list', urls: [url] }, deadlineGraceMs: 20 });
    assert.deepEqual(await invoker.invoke(command('x', Date.now() + 20), never()), { kind: 'timed-out' });
  });

  test('reports an attempt as throttled when no slot frees up before its deadline', async (t) => {
    const { url } = await executor(t, 1, (_, signal) => once(signal, 'abort').then(() => wrote('k')));
    const invoker = invoking(t, { executors: { kind: 'list', urls: [url] }, deadlineGraceMs: 0 });
    const first = new AbortController();
    const running = invoker.invoke(command('x'), first.signal);
    assert.deepEqual(await invoker.invoke(command('y', Date.now() + 20), never()), { kind: 'throttled' });
    first.abort();
    assert.equal((await running).kind, 'lost');
  });

  test('sends a refused task to another executor and reports the refusing executor once', async (t) => {
    const said: string[] = [];
    const saidThere: string[] = [];
    const refuser = await executor(t, 8, () => assert.fail('it was run'), {
      keys: [otherKey],
      report: (line) => saidThere.push(line),
    });
    const { url } = await executor(t, 1, async () => wrote('k'));
    const invoker = invoking(t, {
      executors: { kind: 'list', urls: [refuser.url, url] },
      refusedMs: 0,
      report: (line) => said.push(line),
    });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => invoker.invoke(command('x'), never())));
    assert.deepEqual(outcomes, Array(20).fill(wrote('k')));
    // Both executors have been healthy, so the refusing one is still tried occasionally.
    while (said.length === 0) assert.deepEqual(await invoker.invoke(command('x'), never()), wrote('k'));
    for (let task = 0; task < 5; task += 1) assert.deepEqual(await invoker.invoke(command('x'), never()), wrote('k'));
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', new RegExp(`^the executor at ${refuser.url} refuses tasks: .* another key`));
    assert.equal(saidThere.length, 1);
    assert.match(saidThere[0] ?? '', /^TASK_REFUSED: .* another key/);
  });

  test('ignores the slots of an executor that refuses tasks', async (t) => {
    const refuser = await executor(t, 8, () => assert.fail('it was run'), { keys: [otherKey] });
    const invoker = invoking(t, { executors: { kind: 'list', urls: [refuser.url] } });
    await invoker.invoke(command('x'), never());
    assert.match(invoker.unavailableReason?.() ?? '', new RegExp(`${refuser.url}: it refuses tasks: .* another key`));
    assert.equal(invoker.concurrency, 1);
  });

  test('fails an attempt that every executor refuses, and tries all executors again for the next attempt', async (t) => {
    const refusers = [1, 2].map(() =>
      executor(t, 1, async () => wrote('k'), { keys: [otherKey] }).then((service) => service.url),
    );
    const urls = await Promise.all(refusers);
    const invoker = invoking(t, { executors: { kind: 'list', urls } });
    for (let task = 0; task < 3; task += 1) {
      const outcome = await invoker.invoke(command('x'), never());
      assert.ok(outcome.kind === 'failed', outcome.kind);
      assert.deepEqual([outcome.code, outcome.retryable], ['TASK_REFUSED', false]);
      assert.deepEqual([...(outcome.details['executors'] as readonly string[])].sort(), [...urls].sort());
      for (const url of urls) assert.match(outcome.message, new RegExp(url));
    }
  });

  test('adds the URL of the executor to the details of a failed task', async (t) => {
    const failure = { kind: 'failed', code: 'LOCATION_NOT_ALLOWED', message: 'no', retryable: false } as const;
    const { url } = await executor(t, 1, async () => ({ ...failure, details: { file: 'x' } }));
    const outcome = await invoking(t, { executors: { kind: 'list', urls: [url] } }).invoke(command('x'), never());
    assert.deepEqual(outcome, { ...failure, details: { file: 'x', executor: url } });
  });

  for (const [end, kind] of [
    ['timed-out', 'throttled'],
    ['lost', 'lost'],
  ] as const) {
    test(`reports an attempt as ${kind} if it is ${end} before it connects`, async (t) => {
      const begun: string[] = [];
      const { url } = await executor(t, 1, async (task) => {
        begun.push(task.attempt);
        return wrote('k');
      });
      const timings = { healthMs: 1000, answerMs: 1000, lostAfter: 3, refusedMs: 1000 };
      const endpoint = new HttpEndpoint(url, timings, { changed: () => undefined, refuses: () => undefined });
      t.after(() => endpoint.close());
      const limits = limitAttempt(Date.now() + 60_000, 0, never());
      endpoint.take();
      const running = endpoint.run('{}', limits);
      // No connection opens before the next turn of the event loop.
      limits.stop(end === 'lost' ? { kind: end, message: 'aborted' } : { kind: end });
      assert.equal((await running).kind, kind);
      assert.deepEqual(begun, []);
      limits.release();
    });
  }

  test('uses an executor again after it restarts', async (t) => {
    const first = await serveHttp({
      host: '127.0.0.1',
      port: 0,
      concurrency: 1,
      keys: [key],
      run: async () => wrote('1'),
    });
    const invoker = invoking(t, { executors: { kind: 'list', urls: [first.url] } });
    assert.deepEqual(await invoker.invoke(command('x'), never()), wrote('1'));
    await first.drain();
    const waiting = invoker.invoke(command('x'), never());
    const port = Number(new URL(first.url).port);
    const second = await serveHttp({
      host: '127.0.0.1',
      port,
      concurrency: 1,
      keys: [key],
      run: async () => wrote('2'),
    });
    t.after(() => second.drain());
    assert.deepEqual(await waiting, wrote('2'));
  });
});
