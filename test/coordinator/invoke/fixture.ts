import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLocalInvoker, type LocalInvoker, type LocalInvokerOptions } from '../../../coordinator/invoke/local.ts';
import { decodeTask } from '../../../engine/task/decode-task.ts';
import type { AttemptId, JobId, Task, TaskOutcome } from '../../../engine/task/task.ts';
import type { RunTask } from '../../../functions/executor/handle-task.ts';
import type { HttpServiceOptions } from '../../../functions/executor/serve-http.ts';
import { stage } from '../scheduler/graph.ts';

export const fakeExecutor = fileURLToPath(new URL('./fake-executor.ts', import.meta.url));

/** A task that tells the fake executor what to do. */
export function command(text: string, deadlineMs = Date.now() + 60_000): Task {
  return {
    job: 'job' as JobId,
    stage: stage(0, 1, [], { kind: 'result' }),
    index: 0,
    attempt: '1-0' as AttemptId,
    tables: [],
    splits: [],
    inputs: [],
    outputKey: 'jobs/job/result/0-1-0.arrow',
    columns: [text],
    timeZone: 'UTC',
    threads: 1,
    memoryMiB: 64,
    deadlineMs,
    inlineLimitBytes: 1000,
    resultFormat: 'arrow',
  };
}

export interface Bench {
  readonly scratchRoot: string;
  readonly invoker: LocalInvoker;
}

/** Creates an invoker of fake executors. It is closed, and its folder removed, when the test ends. */
export async function bench(t: TestContext, changes: Partial<LocalInvokerOptions> = {}): Promise<Bench> {
  const scratchRoot = await mkdtemp(join(tmpdir(), 'volley-invoke-'));
  const invoker = createLocalInvoker({
    executorEntry: fakeExecutor,
    execArgv: ['--import', 'tsx'],
    count: 1,
    memoryMiB: 64,
    storeRoot: scratchRoot,
    scratchRoot,
    inputRoots: [],
    ...changes,
  });
  t.after(async () => {
    await invoker.close();
    await rm(scratchRoot, { recursive: true, force: true });
  });
  return { scratchRoot, invoker };
}

/**
 * Opens a port to which executors connect once they run a task. `next` returns the pid of the next executor to connect, and a promise
 * that settles when the process has ended.
 */
export async function announcements(t: TestContext): Promise<{
  port: number;
  next(): Promise<{ readonly pid: number; readonly gone: Promise<unknown> }>;
}> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return {
    port: address.port,
    async next() {
      const [socket] = (await once(server, 'connection')) as [Socket];
      socket.on('error', () => {});
      const gone = once(socket, 'close');
      const [line] = await once(socket, 'data');
      return { pid: Number(String(line)), gone };
    },
  };
}

/** Decodes and runs a server's tasks in this process. Real executors run them in a child process. */
export function decoding(run: RunTask): HttpServiceOptions['run'] {
  return async (task, signal) => run(decodeTask(task.bytes), signal);
}

/** Returns the text in an outcome, or the outcome itself if it contains no text. */
export function textOf(outcome: TaskOutcome): string | TaskOutcome {
  if (outcome.kind !== 'succeeded' || outcome.output.kind !== 'inline') return outcome;
  return Buffer.from(outcome.output.bytes).toString();
}
