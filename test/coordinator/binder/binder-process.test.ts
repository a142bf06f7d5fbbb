import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { BinderProcess, type BinderProcessOptions } from '../../../coordinator/binder/binder-process.ts';
import { type ErrorCode, FabricError } from '../../../engine/errors.ts';
import { temporaryFolder } from '../../engine/scan/parquet-fixture.ts';
import { openBinder } from './binder-fixture.ts';

async function fake(t: TestContext, options: Partial<BinderProcessOptions> = {}): Promise<BinderProcess> {
  const binder = new BinderProcess({
    entry: new URL('./fake-binder.mjs', import.meta.url),
    scratchFolder: join(await temporaryFolder(t), 'binder'),
    localRoots: [],
    memoryLimitMiB: 300,
    timeoutMs: 60_000,
    ...options,
  });
  t.after(() => binder.close());
  return binder;
}

/** Sends a script and returns the id of the process that answered. */
async function pid(binder: BinderProcess, script = 'answer', signal?: AbortSignal): Promise<number> {
  const answer = await binder.request({ kind: 'check', script, tableNames: [] }, signal);
  assert.ok(answer.kind === 'checked');
  return Number(answer.settings[0]?.[1]);
}

async function failure(request: Promise<unknown>): Promise<FabricError> {
  const [outcome] = await Promise.allSettled([request]);
  assert.ok(outcome?.status === 'rejected' && outcome.reason instanceof FabricError, 'the request did not fail');
  return outcome.reason;
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits for a killed process to end. If it was not killed, the test times out. */
async function untilGone(id: number): Promise<void> {
  while (isRunning(id)) await new Promise((resolve) => setImmediate(resolve));
}

/** Kills the process that writes its id to this file, and returns the id. */
async function killWhenBegun(marker: string): Promise<number> {
  while (!existsSync(marker) || readFileSync(marker, 'utf8') === '')
    await new Promise((resolve) => setImmediate(resolve));
  const id = Number(readFileSync(marker, 'utf8'));
  process.kill(id, 'SIGKILL');
  return id;
}

test('answers several requests in one process', async (t) => {
  const binder = await fake(t);
  const ids = await Promise.all([pid(binder), pid(binder), pid(binder)]);
  assert.equal(new Set(ids).size, 1);
});

const ways: readonly {
  readonly script: string;
  readonly code: ErrorCode;
  readonly message: RegExp;
  /** The time limit of the failing request. The next request has the default limit. */
  readonly timeoutMs?: number;
}[] = [
  { script: 'exit', code: 'PLANNER_CRASHED', message: /exit status 3: first line last words/ },
  { script: 'die', code: 'PLANNER_CRASHED', message: /signal SIGSEGV/ },
  { script: 'killed', code: 'PLANNER_CRASHED', message: /^10 binder processes died .* signal SIGKILL/ },
  { script: 'hang', code: 'PLAN_TIMEOUT', message: /longer than 300 ms/, timeoutMs: 300 },
  { script: 'busy', code: 'PLAN_TIMEOUT', message: /longer than 300 ms/, timeoutMs: 300 },
  { script: 'too large', code: 'PLAN_MEMORY', message: /more than 300 MiB/ },
];

for (const { script, code, message, timeoutMs } of ways) {
  test(`fails a request with ${code} and replaces the process after the fault "${script}"`, async (t) => {
    const binder = await fake(t);
    const first = await pid(binder);
    const failing = failure(binder.request({ kind: 'check', script, tableNames: [] }, undefined, timeoutMs));
    const next = pid(binder);
    const error = await failing;
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.notEqual(await next, first);
    await untilGone(first);
  });
}

test('sends a request to a new process if the process that has it is killed from outside', async (t) => {
  const binder = await fake(t);
  const idle = await pid(binder);
  process.kill(idle, 'SIGKILL');
  assert.notEqual(await pid(binder), idle, 'killed while the request was on its way');
  const folder = await temporaryFolder(t);
  const marker = join(folder, 'begun');
  const busy = pid(binder, `hang once ${marker}`);
  const [, event] = await Promise.all([busy, killWhenBegun(marker)]);
  assert.notEqual(await busy, event);
});

test('answers a request whose processes are killed from outside three times', async (t) => {
  const binder = await fake(t);
  assert.ok(await pid(binder, `killed three times ${join(await temporaryFolder(t), 'kills')}`));
});

test('kills a process that exceeds its memory limit, even if the process does not report it', {
  skip: process.platform !== 'linux' && 'only Linux reports the memory of another process',
}, async (t) => {
  const binder = await fake(t);
  assert.equal((await failure(pid(binder, 'grow'))).code, 'PLAN_MEMORY');
  await pid(binder);
});

test('ends the process of an aborted request and sends the queued requests to a new one', async (t) => {
  const binder = await fake(t);
  const first = await pid(binder);
  const [atWork, waiting] = [new AbortController(), new AbortController()];
  const failing = [failure(pid(binder, 'hang', atWork.signal)), failure(pid(binder, 'answer', waiting.signal))];
  const last = pid(binder);
  waiting.abort();
  atWork.abort();
  assert.deepEqual(
    (await Promise.all(failing)).map(({ code }) => code),
    ['CANCELLED', 'CANCELLED'],
  );
  assert.notEqual(await last, first);
});

test('runs the process with an empty environment', async (t) => {
  const binder = await fake(t);
  const error = await failure(pid(binder, 'environment'));
  assert.doesNotMatch(error.message, /PATH|HOME/);
});

test('ends the process, rejects its requests and removes its folder when closed', async (t) => {
  const scratchFolder = join(await temporaryFolder(t), 'binder');
  const binder = await fake(t, { scratchFolder });
  const id = await pid(binder);
  assert.ok(existsSync(scratchFolder));
  const failing = [failure(pid(binder, 'hang')), failure(pid(binder))];
  await binder.close();
  assert.deepEqual(
    (await Promise.all(failing)).map(({ code }) => code),
    ['CANCELLED', 'CANCELLED'],
  );
  assert.ok(!isRunning(id) && !existsSync(scratchFolder));
  assert.equal((await failure(pid(binder))).code, 'CANCELLED');
  await binder.close();
});

/** Queries whose constants become huge when folded. Neither DuckDB's memory limit nor an interrupt stops the folding. */
const bombs = [
  "SELECT repeat('x', 1000000000) || repeat('y', 1000000000) || repeat('z', 1000000000)",
  'SELECT list_transform(range(100000000), lambda x: x + 1)',
  'SELECT 1 WHERE len(range(300000000)) > 5',
  "CREATE VIEW v AS SELECT repeat(repeat('x', 1000000), 2000) AS s; SELECT len(s || s || s) FROM v",
];

test('still binds queries after queries that fold huge constants', async (t) => {
  const { bind, scratchFolder } = await openBinder(t, { workingFolder: '.' }, { memoryLimitMiB: 512 });
  const outcomes: string[] = [];
  for (const bomb of bombs) {
    const [outcome] = await Promise.allSettled([bind(bomb)]);
    const code =
      outcome?.status === 'rejected' && outcome.reason instanceof FabricError ? outcome.reason.code : 'bound';
    assert.match(code, /^(PLAN_MEMORY|bound)$/, bomb);
    outcomes.push(code);
    assert.equal((await bind('SELECT 1')).kind, 'query');
  }
  assert.ok(outcomes.includes('PLAN_MEMORY'), outcomes.join());
  assert.equal(readdirSync(scratchFolder).length, 1, 'an ended process left its folder');
});

test('reports PLAN_TIMEOUT for a query that takes too long to plan', async (t) => {
  const { refusal, bind } = await openBinder(t, { workingFolder: '.' }, { timeoutMs: 10_000 });
  await bind('SELECT 1');
  assert.equal((await refusal("SELECT levenshtein(repeat('ab', 100000), repeat('ba', 100000))")).code, 'PLAN_TIMEOUT');
  await bind('SELECT 1');
});

test('exits if the parent process ends before the binder has started', { timeout: 60_000 }, async (t) => {
  const start = { scratchFolder: await temporaryFolder(t), localRoots: [], memoryLimitMiB: 300 };
  const child = fork(new URL('./binder.mjs', import.meta.url), [JSON.stringify(start)], { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  child.disconnect();
  await once(child, 'exit');
});
