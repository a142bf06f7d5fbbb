import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect, createServer as createTcpServer, type Server } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  createLambdaInvoker,
  type LambdaInvoker,
  type LambdaInvokerOptions,
} from '../../../coordinator/invoke/lambda.ts';
import { lambdaLimits } from '../../../coordinator/invoke/lambda-limits.ts';
import { encodeOutcomeEnvelope, encodeTaskEnvelope } from '../../../engine/task/envelope.ts';
import { until } from '../../end-to-end/volley-process.ts';
import { Barrier } from '../jobs/coordinator-fixture.ts';
import { wrote } from '../scheduler/graph.ts';
import { command } from './fixture.ts';

const never = () => new AbortController().signal;
const success = wrote('k');

/** Creates an invoker of a fake Lambda API that sends `answer`, and records the requests. */
async function against(
  t: TestContext,
  answer: RequestListener,
  changes: Partial<LambdaInvokerOptions> = {},
): Promise<{ readonly invoker: LambdaInvoker; readonly requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    request.resume().on('end', () => answer(request, response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { invoker: invokerOf(t, { endpoint: `http://127.0.0.1:${portOf(server)}`, ...changes }), requests };
}

function portOf(server: Server): number {
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}

function invokerOf(t: TestContext, changes: Partial<LambdaInvokerOptions>): LambdaInvoker {
  const invoker = createLambdaInvoker({
    functionName: 'executor',
    version: '7',
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    concurrency: 4,
    random: () => 0,
    ...changes,
  });
  t.after(() => invoker.close());
  return invoker;
}

/** Answers with an API error. */
const refusing =
  (status: number, type: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
    response.end(JSON.stringify({ message: 'because' }));
  };

const succeeding: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(encodeOutcomeEnvelope(success));
};

describe('the Lambda invoker', () => {
  test('invokes the published version and returns its outcome', async (t) => {
    const { invoker, requests } = await against(t, succeeding);
    assert.deepEqual(await invoker.invoke(command('x'), never()), success);
    assert.deepEqual(requests, ['/2015-03-31/functions/executor/invocations?Qualifier=7']);
  });

  test('invokes the recorded version of a job under the same concurrency limit', async (t) => {
    const { invoker, requests } = await against(t, refusing(429, 'TooManyRequestsException'), { throttledTries: 3 });
    const recorded = invoker.at?.('5');
    assert.deepEqual(await recorded?.invoke(command('x'), never()), { kind: 'throttled' });
    assert.deepEqual(new Set(requests), new Set(['/2015-03-31/functions/executor/invocations?Qualifier=5']));
    assert.ok(invoker.limit < 4, `limit ${invoker.limit}`);
  });

  for (const [status, type, kind] of [
    [500, 'ServiceException', 'lost'],
    [502, 'EC2UnexpectedException', 'lost'],
    [404, 'ResourceNotFoundException', 'failed'],
    [403, 'AccessDeniedException', 'failed'],
    [413, 'RequestTooLargeException', 'failed'],
  ] as const) {
    test(`reports ${status} ${type} as ${kind} without retrying`, async (t) => {
      const { invoker, requests } = await against(t, refusing(status, type));
      const outcome = await invoker.invoke(command('x'), never());
      assert.ok(outcome.kind === 'lost' || outcome.kind === 'failed', outcome.kind);
      assert.equal(outcome.kind, kind);
      if (outcome.kind === 'failed') assert.equal(outcome.code, 'TASK_REFUSED');
      assert.match(outcome.message, /because/);
      assert.equal(requests.length, 1);
    });
  }

  test('rejects a task above the payload limit without sending it', async (t) => {
    const { invoker, requests } = await against(t, succeeding);
    const envelopeBytes = (length: number) => Buffer.byteLength(encodeTaskEnvelope(command('x'.repeat(length))));
    const most = lambdaLimits.synchronousPayloadBytes;
    // Base64 encodes three bytes as four. The first envelope just fits the limit. The second is four bytes longer.
    let length = Math.floor((most * 3) / 4) - 2000;
    while (envelopeBytes(length + 100) <= most) length += 100;
    while (envelopeBytes(length + 1) <= most) length += 1;
    assert.deepEqual(await invoker.invoke(command('x'.repeat(length)), never()), success);
    const outcome = await invoker.invoke(command('x'.repeat(length + 1)), never());
    assert.ok(outcome.kind === 'failed', outcome.kind);
    assert.deepEqual([outcome.code, outcome.retryable, requests.length], ['TASK_REFUSED', false, 1]);
    assert.match(outcome.message, new RegExp(`A task of ${envelopeBytes(length + 1)} bytes .* limit is ${most} bytes`));
  });

  test('reports a task as lost when its connection breaks', async (t) => {
    const { invoker, requests } = await against(t, (request) => request.socket.destroy());
    const message = 'its invocation failed (ECONNRESET: socket hang up)';
    assert.deepEqual(await invoker.invoke(command('x'), never()), { kind: 'lost', message });
    assert.equal(requests.length, 1);
  });

  test('does not reuse a connection that the server may have closed while this process was stopped', async (t) => {
    // The server closes idle connections after a second.
    const fake = fork(fileURLToPath(new URL('../../fabric/executors/fake-lambda.ts', import.meta.url)), ['1'], {
      execArgv: ['--import', 'tsx'],
    });
    t.after(() => fake.disconnect());
    const [{ port }] = await once(fake, 'message');
    // The idle limit may be shorter than an invocation, because a connection in use is not idle.
    const invoker = invokerOf(t, { endpoint: `http://127.0.0.1:${port}`, connectionIdleMs: 10 });
    const wave = () => Promise.all([1, 2, 3, 4].map(() => invoker.invoke(command('x'), never())));
    assert.deepEqual(await wave(), Array(4).fill(wrote('key')));
    await turn();
    // Blocks this process, as if it were stopped or starved of CPU time.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1300);
    assert.deepEqual(await wave(), Array(4).fill(wrote('key')));
  });

  test('fails a task whose answer is not an outcome', async (t) => {
    const { invoker } = await against(t, (_, response) => response.end('{"hello":"world"}'));
    const outcome = await invoker.invoke(command('x'), never());
    assert.ok(outcome.kind === 'failed');
    assert.equal(outcome.code, 'VERSION_SKEW');
  });

  test('times out an invocation that is never answered', async (t) => {
    const { invoker } = await against(t, () => undefined, { deadlineGraceMs: 20 });
    assert.deepEqual(await invoker.invoke(command('x', Date.now() + 20), never()), { kind: 'timed-out' });
  });

  test('lowers the concurrency of throttled invocations, then raises it again', async (t) => {
    let busy = 0;
    let mostBusy = 0;
    const { invoker, requests } = await against(
      t,
      (request, response) => {
        if (busy === 2) return refusing(429, 'TooManyRequestsException')(request, response);
        busy += 1;
        mostBusy = Math.max(mostBusy, busy);
        setImmediate(() => {
          busy -= 1;
          succeeding(request, response);
        });
      },
      { concurrency: 8, throttledTries: 20 },
    );
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => invoker.invoke(command('x'), never())));
    assert.deepEqual(new Set(outcomes.map(({ kind }) => kind)), new Set(['succeeded']));
    assert.equal(mostBusy, 2);
    assert.ok(invoker.limit < 8, `limit ${invoker.limit}`);
    assert.ok(requests.length < 100, `${requests.length} requests for 40 tasks`);
  });

  test('reports an attempt as throttled when no slot frees up before its deadline', async (t) => {
    const { invoker, requests } = await against(t, () => undefined, { concurrency: 1, deadlineGraceMs: 0 });
    const first = new AbortController();
    const running = invoker.invoke(command('x'), first.signal);
    assert.deepEqual(await invoker.invoke(command('y', Date.now() + 20), never()), { kind: 'throttled' });
    first.abort();
    assert.equal((await running).kind, 'lost');
    assert.ok(requests.length <= 1, `${requests.length} requests`);
  });

  for (const [why, host, said] of [
    [
      'not listening',
      '127.0.0.1',
      /^An invocation did not reach Lambda \(ECONNREFUSED: connect ECONNREFUSED 127\.0\.0\.1:/,
    ],
    [
      'not listening at any address of its name',
      'localhost',
      /^An invocation did not reach Lambda \(ECONNREFUSED: connect ECONNREFUSED /,
    ],
    [
      'under an unknown name',
      'lambda.invalid',
      /^An invocation did not reach Lambda \((ENOTFOUND|EAI_AGAIN): getaddrinfo /,
    ],
  ] as const) {
    test(`reports an attempt as throttled when Lambda is ${why}, and keeps its concurrency limit`, async (t) => {
      const server = createTcpServer().listen(0, host === 'localhost' ? undefined : '127.0.0.1');
      await once(server, 'listening');
      const endpoint = `http://${host}:${portOf(server)}`;
      server.close();
      const invoker = invokerOf(t, { endpoint, throttledTries: 2 });
      const outcome = await invoker.invoke(command('x'), never());
      assert.ok(outcome.kind === 'throttled', outcome.kind);
      assert.match(outcome.unavailableReason ?? '', said);
      assert.equal(invoker.limit, 4);
      assert.equal(invoker.unavailableReason?.(), outcome.unavailableReason);
    });
  }

  test('reports Lambda as unreachable until a connection opens, without waiting for an answer', async (t) => {
    const answer = new Barrier();
    const server = createServer((request, response) => {
      request.resume().on('end', () => void answer.opened.then(() => response.end(encodeOutcomeEnvelope(success))));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = portOf(server);
    const invoker = invokerOf(t, { endpoint: `http://127.0.0.1:${port}`, throttledTries: 1, connectMs: 50 });
    assert.equal(invoker.unavailableReason?.(), undefined);
    server.close();
    await once(server, 'close');
    await invoker.invoke(command('x'), never());
    assert.match(invoker.unavailableReason?.() ?? '', /ECONNREFUSED/);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => {
      server.close();
      server.closeAllConnections();
    });
    const running = invoker.invoke(command('y'), never());
    await until('Lambda is known to be reached', async () =>
      invoker.unavailableReason?.() === undefined ? true : undefined,
    );
    answer.open();
    assert.equal((await running).kind, 'succeeded');
    assert.equal(invoker.unavailableReason?.(), undefined);
  });

  test('reports an attempt as throttled when connecting takes too long', async (t) => {
    // This server never accepts connections. Once its queue is full, connection attempts get no answer.
    const script = `
      const server = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
        process.send(server.address().port, () => process.kill(process.pid, 'SIGSTOP'));
      });`;
    const deaf = fork('-e', [script]);
    t.after(() => deaf.kill('SIGKILL'));
    const [port] = await once(deaf, 'message');
    for (let queued = 0; queued < 2; queued += 1) {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
      t.after(() => socket.destroy());
      await once(socket, 'connect');
    }
    const invoker = invokerOf(t, { endpoint: `http://127.0.0.1:${port}`, connectMs: 50, throttledTries: 2 });
    const outcome = await invoker.invoke(command('x'), never());
    assert.ok(outcome.kind === 'throttled', JSON.stringify(outcome));
    assert.match(
      outcome.unavailableReason ?? '',
      /^An invocation did not reach Lambda \(TimeoutError: .* within the configured timeout of 50 ms/,
    );
  });

  test('reports an attempt as throttled after too many refusals', async (t) => {
    const { invoker, requests } = await against(t, refusing(429, 'TooManyRequestsException'), { throttledTries: 3 });
    assert.deepEqual(await invoker.invoke(command('x'), never()), { kind: 'throttled' });
    assert.equal(requests.length, 3);
  });
});
