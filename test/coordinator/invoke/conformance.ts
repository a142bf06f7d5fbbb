import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Invoker } from '../../../coordinator/invoke/invoker.ts';
import { decodeStream } from '../../../engine/arrow/decode-stream.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import { BIGINT, VARCHAR } from '../../../engine/plan/types.ts';
import type { AttemptId, Task, TaskOutcome } from '../../../engine/task/task.ts';
import { range, taskOf, totals } from '../../engine/execute/fixture.ts';

/** An open invoker and its executors, which are the built programs that users run. */
export interface OpenInvoker {
  readonly invoker: Invoker;
  /** The folder that contains only the scratch folders of the executors. */
  readonly scratch: string;
  /** Returns the ids of the processes that run tasks. */
  pids(): readonly number[];
  close(): Promise<void>;
}

export interface InvokerConformance {
  open(): Promise<OpenInvoker>;
  /** Opens an invoker whose platform has no free slot. Absent if the platform cannot run out of slots. */
  openFull?(): Promise<OpenInvoker>;
  /** Whether the executor stops an aborted attempt. Otherwise the attempt is only abandoned. */
  readonly stopsAborted: boolean;
  /** The maximum size of a task or an outcome as JSON, in bytes. */
  readonly payloadBytes: number;
}

const MEBIBYTE = 1 << 20;
/** Base64 encodes three bytes as four. */
const ENCODED = 4 / 3;

/** Returns a task that sums the numbers 0 to 9. Its result is the sum 45 and the count 10. */
function quick(changes: Partial<Task> = {}): Task {
  return taskOf(totals(range(10n)), changes);
}

/** Returns a task that runs until it is stopped. */
function endless(changes: Partial<Task> = {}): Task {
  return taskOf(totals(range(1_000_000_000_000n)), changes);
}

/** Tests that the adapter created by `open` fulfils the contract of `Invoker`. Its executors are real processes. */
export function invokerConformance(name: string, conformance: InvokerConformance): void {
  describe(name, () => {
    let at: OpenInvoker;
    before(async () => {
      at = await conformance.open();
    });
    after(() => at.close());
    const run = (task: Task, signal = new AbortController().signal): Promise<TaskOutcome> =>
      at.invoker.invoke(task, signal);

    test('runs a task', async () => {
      assert.deepEqual(rowOf(await run(quick())), [45n, 10n]);
    });

    test('reports a failed task with its code and message', async () => {
      const text: Expression = { kind: 'constant', value: 'seven', type: VARCHAR };
      const cast: Expression = { kind: 'cast', input: text, isTry: false, type: BIGINT };
      const outcome = await run(taskOf({ kind: 'project', input: range(1n), expressions: [cast], types: [BIGINT] }));
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.deepEqual([outcome.code, outcome.retryable], ['QUERY_FAILED', false]);
      assert.match(outcome.message, /seven/);
    });

    test('reports a task as lost if its executor is killed, and runs the next task', async () => {
      const before = tasksOf(at);
      const running = run(endless());
      await until(() => tasksOf(at) !== before, 'the task runs');
      for (const pid of at.pids()) process.kill(pid, 'SIGKILL');
      const outcome = await running;
      assert.ok(outcome.kind === 'lost', JSON.stringify(outcome));
      assert.deepEqual(rowOf(await run(quick())), [45n, 10n]);
    });

    test('times out a task that misses its deadline', async () => {
      assert.deepEqual(await run(endless({ deadlineMs: Date.now() + 500 })), { kind: 'timed-out' });
      assert.deepEqual(rowOf(await run(quick())), [45n, 10n]);
    });

    test('times out a task whose deadline has already passed', async () => {
      assert.deepEqual(await run(endless({ deadlineMs: Date.now() - 1000 })), { kind: 'timed-out' });
    });

    test('reports a running task as lost if it is aborted', async () => {
      const before = tasksOf(at);
      const controller = new AbortController();
      const running = run(endless({ deadlineMs: Date.now() + 3000 }), controller.signal);
      await until(() => tasksOf(at) !== before, 'the task runs');
      controller.abort();
      assert.deepEqual(await running, { kind: 'lost', message: 'The attempt was aborted.' });
      if (conformance.stopsAborted) await until(() => tasksOf(at) === before, 'the task is stopped');
      assert.deepEqual(rowOf(await run(quick())), [45n, 10n]);
    });

    test('reports a task as lost if it was aborted before it started', async () => {
      const outcome = await run(quick(), AbortSignal.abort());
      assert.deepEqual(outcome, { kind: 'lost', message: 'The attempt was aborted.' });
    });

    test('transfers a task and an outcome just below the size limit', async () => {
      const longest = Math.min(conformance.payloadBytes, 16 * MEBIBYTE);
      const column = 'x'.repeat(Math.floor((longest - MEBIBYTE / 8) / ENCODED));
      const outcome = await run(quick({ columns: [column, 'n'], inlineLimitBytes: 64 * MEBIBYTE }));
      assert.ok(outcome.kind === 'succeeded' && outcome.output.kind === 'inline', outcome.kind);
      assert.equal(decodeStream(outcome.output.bytes).fields[0]?.name.length, column.length);
    });

    if (conformance.payloadBytes < Number.POSITIVE_INFINITY) {
      test('rejects a task above the size limit', async () => {
        const outcome = await run(quick({ columns: ['x'.repeat(conformance.payloadBytes), 'n'] }));
        assert.ok(outcome.kind === 'failed', outcome.kind);
        assert.deepEqual([outcome.code, outcome.retryable], ['TASK_REFUSED', false]);
        assert.match(outcome.message, /exceeds the payload limit of a function/);
      });

      test('fails a task whose outcome is above the size limit', async () => {
        const rows = BigInt(Math.ceil(conformance.payloadBytes / 8));
        const outcome = await run(taskOf(range(rows), { inlineLimitBytes: 64 * MEBIBYTE }));
        assert.ok(outcome.kind === 'failed', outcome.kind);
        assert.match(outcome.message, /too large/);
        assert.deepEqual(rowOf(await run(quick())), [45n, 10n]);
      });
    }

    test('returns the outcome of each of many concurrent tasks to its own caller', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          run(taskOf(totals(range(BigInt(n + 1))), { attempt: `1-${n}` as AttemptId })),
        ),
      );
      for (const [n, outcome] of outcomes.entries()) {
        assert.deepEqual(rowOf(outcome), [BigInt((n * (n + 1)) / 2), BigInt(n + 1)]);
      }
    });

    test('reports running tasks as lost when closed, and accepts no more tasks', async () => {
      const closing = await conformance.open();
      const running = closing.invoker.invoke(endless({ deadlineMs: Date.now() + 5000 }), new AbortController().signal);
      await until(() => tasksOf(closing) !== '', 'the task runs');
      await closing.invoker.close();
      await closing.invoker.close();
      assert.equal((await running).kind, 'lost');
      const more = await closing.invoker.invoke(quick(), new AbortController().signal);
      assert.deepEqual(more, { kind: 'lost', message: 'The invoker is closed.' });
      await closing.close();
    });

    const { openFull } = conformance;
    if (openFull !== undefined) {
      test('reports a task as throttled if the platform has no free slot', async () => {
        const full = await openFull();
        assert.deepEqual(await full.invoker.invoke(quick(), new AbortController().signal), { kind: 'throttled' });
        await full.close();
      });
    }
  });
}

/**
 * Returns the folders of running tasks as a string with one path per line, so that two listings can be compared. A runner creates a folder
 * when a task starts and removes it when the task has ended. The folder of a killed function remains, because only that function could
 * access it.
 */
export function tasksOf({ scratch }: Pick<OpenInvoker, 'scratch'>): string {
  const paths = readdirSync(scratch, { recursive: true }).map(String);
  return paths
    .filter((path) => basename(path) === 'task')
    .sort()
    .join('\n');
}

/** Polls a condition that no event announces. Rejects after 30 s. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (const endMs = Date.now() + 30_000; !condition(); await pause(10)) {
    if (Date.now() > endMs) throw new Error(`Timed out after 30 s. Expected: ${what}.`);
  }
}

/** Returns the sum and count that a `totals` task computed. */
export function rowOf(outcome: TaskOutcome): readonly bigint[] {
  assert.ok(outcome.kind === 'succeeded' && outcome.output.kind === 'inline', JSON.stringify(outcome));
  const [batch] = decodeStream(outcome.output.bytes).batches;
  return (batch?.columns ?? []).map(({ buffers: [bytes] }) => {
    assert.ok(bytes !== undefined);
    return new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true);
  });
}
