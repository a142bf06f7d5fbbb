import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { PlannerProcess, type PlannerProcessOptions } from '../../coordinator/catalog/planner-process.ts';
import { type ErrorCode, FabricError } from '../../engine/errors.ts';
import { planning } from '../catalog/planning.ts';
import { temporaryFolder } from '../scan/parquet-fixture.ts';

async function fake(t: TestContext, options: Partial<PlannerProcessOptions> = {}): Promise<PlannerProcess> {
  const planner = new PlannerProcess({
    entry: new URL('./fake-planner.mjs', import.meta.url),
    scratchFolder: join(await temporaryFolder(t), 'planner'),
    localRoots: [],
    memoryLimitMiB: 300,
    timeoutMs: 60_000,
    ...options,
  });
  t.after(() => planner.close());
  return planner;
}

/** Sends a script; gives the process that answered it. */
async function pid(planner: PlannerProcess, script = 'answer', signal?: AbortSignal): Promise<number> {
  const answer = await planner.request({ kind: 'check', script, tableNames: [] }, signal);
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

/** A process that was killed is gone once the event loop has taken its end; one that was not never is, and the test runs out of time. */
async function untilGone(id: number): Promise<void> {
  while (isRunning(id)) await new Promise((resolve) => setImmediate(resolve));
}

test('one process answers request after request', async (t) => {
  const planner = await fake(t);
  const ids = await Promise.all([pid(planner), pid(planner), pid(planner)]);
  assert.equal(new Set(ids).size, 1);
});

const ways: readonly {
  readonly script: string;
  readonly code: ErrorCode;
  readonly message: RegExp;
  /** Of the request that it fails; what comes next has as long as it needs. */
  readonly timeoutMs?: number;
}[] = [
  { script: 'exit', code: 'PLANNER_CRASHED', message: /exit status 3: first line last words/ },
  { script: 'die', code: 'PLANNER_CRASHED', message: /signal SIGSEGV/ },
  { script: 'hang', code: 'PLAN_TIMEOUT', message: /longer than 300 ms/, timeoutMs: 300 },
  { script: 'busy', code: 'PLAN_TIMEOUT', message: /longer than 300 ms/, timeoutMs: 300 },
  { script: 'too large', code: 'PLAN_MEMORY', message: /more than 300 MiB/ },
];

for (const { script, code, message, timeoutMs } of ways) {
  test(`a process told to ${script} fails its request with ${code}, and another takes the next`, async (t) => {
    const planner = await fake(t);
    const first = await pid(planner);
    const failing = failure(planner.request({ kind: 'check', script, tableNames: [] }, undefined, timeoutMs));
    const next = pid(planner);
    const error = await failing;
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.notEqual(await next, first);
    await untilGone(first);
  });
}

test('a process that grows and does not notice is ended from outside', {
  skip: process.platform !== 'linux' && 'only Linux tells the memory of another process',
}, async (t) => {
  const planner = await fake(t);
  assert.equal((await failure(pid(planner, 'grow'))).code, 'PLAN_MEMORY');
  await pid(planner);
});

test('a request that is given up ends its process and leaves those behind it to the next', async (t) => {
  const planner = await fake(t);
  const first = await pid(planner);
  const [atWork, waiting] = [new AbortController(), new AbortController()];
  const failing = [failure(pid(planner, 'hang', atWork.signal)), failure(pid(planner, 'answer', waiting.signal))];
  const last = pid(planner);
  waiting.abort();
  atWork.abort();
  assert.deepEqual(
    (await Promise.all(failing)).map(({ code }) => code),
    ['CANCELLED', 'CANCELLED'],
  );
  assert.notEqual(await last, first);
});

test('the process is given no environment', async (t) => {
  const planner = await fake(t);
  const error = await failure(pid(planner, 'environment'));
  assert.doesNotMatch(error.message, /PATH|HOME/);
});

test('closing ends the process, its requests and its folder', async (t) => {
  const scratchFolder = join(await temporaryFolder(t), 'planner');
  const planner = await fake(t, { scratchFolder });
  const id = await pid(planner);
  assert.ok(existsSync(scratchFolder));
  const failing = [failure(pid(planner, 'hang')), failure(pid(planner))];
  await planner.close();
  assert.deepEqual(
    (await Promise.all(failing)).map(({ code }) => code),
    ['CANCELLED', 'CANCELLED'],
  );
  assert.ok(!isRunning(id) && !existsSync(scratchFolder));
  assert.equal((await failure(pid(planner))).code, 'CANCELLED');
  await planner.close();
});

/** Constants that grow while they are folded, which neither DuckDB's memory limit nor an interrupt stops. */
const bombs = [
  "SELECT repeat('x', 1000000000) || repeat('y', 1000000000) || repeat('z', 1000000000)",
  'SELECT list_transform(range(100000000), lambda x: x + 1)',
  'SELECT 1 WHERE len(range(300000000)) > 5',
  "CREATE VIEW v AS SELECT repeat(repeat('x', 1000000), 2000) AS s; SELECT len(s || s || s) FROM v",
];

test('queries that fold huge constants end with an error or a plan, and the planner goes on', async (t) => {
  const { plan, scratchFolder } = await planning(t, { workingFolder: '.' }, { memoryLimitMiB: 512 });
  const outcomes: string[] = [];
  for (const bomb of bombs) {
    const [outcome] = await Promise.allSettled([plan(bomb)]);
    const code =
      outcome?.status === 'rejected' && outcome.reason instanceof FabricError ? outcome.reason.code : 'planned';
    assert.match(code, /^(PLAN_MEMORY|planned)$/, bomb);
    outcomes.push(code);
    assert.equal((await plan('SELECT 1')).kind, 'query');
  }
  assert.ok(outcomes.includes('PLAN_MEMORY'), outcomes.join());
  assert.equal(readdirSync(scratchFolder).length, 1, 'an ended process left its folder');
});

test('a query that takes too long to plan is PLAN_TIMEOUT', async (t) => {
  const { refusal, plan } = await planning(t, { workingFolder: '.' }, { timeoutMs: 3000 });
  await plan('SELECT 1');
  assert.equal((await refusal("SELECT levenshtein(repeat('ab', 100000), repeat('ba', 100000))")).code, 'PLAN_TIMEOUT');
  await plan('SELECT 1');
});

test('a planner whose parent is gone before it has started ends', { timeout: 60_000 }, async (t) => {
  const start = { scratchFolder: await temporaryFolder(t), localRoots: [], memoryLimitMiB: 300 };
  const child = fork(new URL('./planner.mjs', import.meta.url), [JSON.stringify(start)], { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  child.disconnect();
  await once(child, 'exit');
});
