import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createHttpInvoker, type HttpInvokerOptions } from '../../../coordinator/invoke/http.ts';
import type { Invoker } from '../../../coordinator/invoke/invoker.ts';
import { startVolleyExecutor } from '../../../scripts/servers/volley-executor.ts';
import { invokerConformance, type OpenInvoker, rowOf, tasksOf, until } from '../../coordinator/invoke/conformance.ts';
import { NUMBERS, range, scanOf, taskOf, totals, writeParquet } from '../../engine/execute/fixture.ts';
import { EXECUTOR_MEMORY_MIB, type OpenHttp, openHttp, taskKey } from './open-invokers.ts';

invokerConformance('http invoker', {
  open: openHttp,
  openFull,
  stopsAborted: true,
  payloadBytes: Number.POSITIVE_INFINITY,
});

const endless = totals(range(1_000_000_000_000n));
const quick = totals(range(10n));

/** Creates an invoker for the same executors, as another coordinator would. */
function another({ executors }: OpenHttp, changes: Partial<HttpInvokerOptions> = {}): Invoker {
  const urls = executors.map(({ endpoint }) => endpoint);
  return createHttpInvoker({ executors: { kind: 'list', urls }, key: Buffer.from(taskKey), healthMs: 50, ...changes });
}

/** Opens executors that are all busy with tasks of another coordinator. */
async function openFull(): Promise<OpenInvoker> {
  const at = await openHttp();
  const other = new AbortController();
  const taken = at.executors.map(() => at.invoker.invoke(taskOf(endless), other.signal));
  await until(() => tasksOf(at).split('\n').length === 2, 'both executors are taken');
  const invoker = another(at, { throttledTries: 3 });
  const close = async () => {
    other.abort();
    await Promise.all(taken);
    await invoker.close();
    await at.close();
  };
  return { ...at, invoker, close };
}

describe('a standalone executor', () => {
  const never = () => new AbortController().signal;

  test('loses its task when it is killed, and runs tasks again after a restart', async () => {
    const at = await openHttp();
    const [first, second] = at.executors;
    assert.ok(first !== undefined && second !== undefined);
    const running = at.executors.map(() => at.invoker.invoke(taskOf(endless), never()));
    await until(() => tasksOf(at).split('\n').length === 2, 'both run a task');
    for (const executor of at.executors) executor.signal('SIGKILL');
    for (const outcome of await Promise.all(running)) assert.equal(outcome.kind, 'lost');
    // This task waits until an executor is available.
    const waiting = at.invoker.invoke(taskOf(quick), never());
    const { store, scratch } = at;
    const options = { store, scratch, allow: [], key: taskKey, memoryMiB: EXECUTOR_MEMORY_MIB, port: first.port };
    const back = await startVolleyExecutor(options);
    assert.deepEqual(rowOf(await waiting), [45n, 10n]);
    await back.close();
    await at.close();
  });

  test('loses its task before the task deadline when it stops answering', async () => {
    const at = await openHttp();
    const invoker = another(at, { healthMs: 50, answerMs: 200, lostAfter: 2 });
    const running = at.executors.map(() =>
      invoker.invoke(taskOf(endless, { deadlineMs: Date.now() + 600_000 }), never()),
    );
    await until(() => tasksOf(at).split('\n').length === 2, 'both run a task');
    for (const executor of at.executors) executor.signal('SIGSTOP');
    for (const outcome of await Promise.all(running)) {
      assert.ok(outcome.kind === 'lost', JSON.stringify(outcome));
      assert.match(outcome.message, /does not answer/);
    }
    await invoker.close();
    await at.close();
  });

  test('loses a task when the process of the task is stopped, stays healthy, and runs the next task', async () => {
    const at = await openHttp();
    const invoker = another(at);
    const running = at.executors.map(() =>
      invoker.invoke(taskOf(endless, { deadlineMs: Date.now() + 600_000 }), never()),
    );
    await until(() => tasksOf(at).split('\n').length === 2, 'both run a task');
    for (const pid of at.pids()) process.kill(pid, 'SIGSTOP');
    for (const outcome of await Promise.all(running)) {
      assert.ok(outcome.kind === 'lost', JSON.stringify(outcome));
      assert.match(outcome.message, /its process did not answer for 9 s and was killed/);
    }
    assert.deepEqual(rowOf(await invoker.invoke(taskOf(quick), never())), [45n, 10n]);
    await invoker.close();
    await at.close();
  });

  test('finishes its task, accepts no other task, and exits with status 0 after SIGTERM', async () => {
    const at = await openHttp();
    const running = at.executors.map(() =>
      at.invoker.invoke(taskOf(endless, { deadlineMs: Date.now() + 1500 }), never()),
    );
    await until(() => tasksOf(at).split('\n').length === 2, 'both run a task');
    for (const executor of at.executors) executor.signal('SIGTERM');
    const invoker = another(at, { unavailableMs: 300 });
    const refused = await invoker.invoke(taskOf(quick), never());
    assert.ok(refused.kind === 'throttled', JSON.stringify(refused));
    assert.match(refused.unavailableReason ?? '', /no executor is healthy .*it answered 503/);
    assert.deepEqual(await Promise.all(running), [{ kind: 'timed-out' }, { kind: 'timed-out' }]);
    assert.deepEqual(await Promise.all(at.executors.map(({ exited }) => exited)), [0, 0]);
    assert.equal(tasksOf(at), '');
    await invoker.close();
    await at.close();
  });

  test('rejects a task that was signed with a different key', async () => {
    const at = await openHttp();
    const invoker = another(at, { key: Buffer.from('another key than the others') });
    const outcome = await invoker.invoke(taskOf(quick), never());
    assert.ok(outcome.kind === 'failed');
    assert.deepEqual([outcome.code, outcome.details['reason']], ['TASK_REFUSED', 'altered']);
    await invoker.close();
    await at.close();
  });

  test('fails a task that reads a location outside its own allow-list', async () => {
    const at = await openHttp();
    const file = join(at.store, '..', 'numbers.parquet');
    writeParquet(file, "SELECT 1 AS n, '' AS s");
    const outcome = await at.invoker.invoke(taskOf(totals(NUMBERS), await scanOf(file)), never());
    assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
    assert.equal(outcome.code, 'LOCATION_NOT_ALLOWED');
    await at.close();
  });
});
