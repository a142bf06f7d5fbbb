import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { progressOf } from '../../coordinator/scheduler/progress.ts';
import type { ErrorCode } from '../../engine/errors.ts';
import { listJobs } from '../../functions/embedded/job-list.ts';
import { type Ended, executorsOf, makePlace, until, untilJob, writeParquet } from './volley-process.ts';

const place = makePlace();
const inPlace = (path: string): string => join(place.folder, path);
const isLinux = process.platform === 'linux';
const needsProc = { skip: !isLinux && 'reads /proc' };

/** The file of the table `damaged` with overwritten pages. */
const DAMAGED_FILE = 'broken/damaged/2.parquet';
/** One row, in `data/prices/5.parquet`, has a price that is not a number. */
const PRICE = "CASE WHEN id = 41234 THEN 'n/a' ELSE CAST(id AS VARCHAR) END AS price";

before(async () => {
  for (const folder of ['data/prices', 'broken/damaged']) mkdirSync(inPlace(folder), { recursive: true });
  const files: Record<string, string> = {
    [inPlace('data/items.parquet')]: "SELECT id, id % 7 AS kind, 'item ' || id AS name FROM range(20000) AS r(id)",
  };
  for (let index = 0; index < 8; index += 1) {
    const rows = `FROM range(${index * 8000}, ${(index + 1) * 8000}) AS r(id)`;
    files[inPlace(`data/prices/${index}.parquet`)] = `SELECT id, ${PRICE} ${rows}`;
    files[inPlace(`broken/damaged/${index}.parquet`)] = `SELECT id, 'text ' || id AS text ${rows}`;
  }
  await writeParquet(files);
  const damaged = readFileSync(inPlace(DAMAGED_FILE));
  damaged.fill(0xff, 4, 3000);
  writeFileSync(inPlace(DAMAGED_FILE), damaged);
  const whole = readFileSync(inPlace('data/items.parquet'));
  writeFileSync(inPlace('broken/cut.parquet'), whole.subarray(0, whole.length - 1000));
  writeFileSync(inPlace('broken/empty.parquet'), '');
  writeFileSync(inPlace('broken/text.parquet'), 'id,name\n1,none of it is Parquet\n');
  // Create the files that every run leaves behind, so that any other new file is a leftover.
  assert.equal((await place.volley(['sql', 'SELECT 1'])).status, 0);
});
after(() => place.remove());

/** Asserts that a run failed with exactly one error of this code, returned no rows, and left no process or new file. */
function assertFailed(ended: Ended, code: ErrorCode, message: RegExp, filesBefore: readonly string[]): void {
  assert.equal(ended.status, 1, ended.stderr);
  assert.equal(ended.stdout, '');
  assert.ok(ended.stderr.startsWith(`volley: ${code}: `), ended.stderr);
  assert.equal(ended.stderr.split('volley: ').length, 2, `one error: ${ended.stderr}`);
  assert.doesNotMatch(ended.stderr, /^\s+at /m);
  assert.match(ended.stderr, message);
  if (isLinux) assert.deepEqual(place.processes(), []);
  assert.deepEqual(place.files(), filesBefore);
}

interface Case {
  readonly name: string;
  readonly sql: string;
  readonly flags?: readonly string[];
  readonly code: ErrorCode;
  /** The pattern that the error must match. */
  readonly message: RegExp;
}

const IN_DATA = ['--data', 'data'];
const SHAPES: readonly (readonly [name: string, flags: readonly string[]])[] = [
  ['in one task', []],
  ['in four tasks', ['--set', 'fanout=4']],
  ['in four tasks with shuffles', ['--set', 'fanout=4', '--set', 'broadcast_limit=0']],
];

/** Repeats a case in every plan shape. Used for errors that occur only while tasks run. */
function inEveryShape({ name, flags = IN_DATA, ...rest }: Case): readonly Case[] {
  return SHAPES.map(([shape, settings]) => ({ name: `${name} (${shape})`, flags: [...flags, ...settings], ...rest }));
}

const CASES: readonly Case[] = [
  {
    name: 'a syntax error',
    sql: "SELECT 'é' AS x,\n  (1 + FROM items",
    code: 'SYNTAX_ERROR',
    message: /near "FROM" at line 2, column 8:\n {2}\(1 \+ FROM items\n {7}\^\n$/,
  },
  {
    name: 'a syntax error in the second of two statements',
    sql: 'CREATE VIEW v AS SELECT 1;\nSELECT FROM WHERE',
    code: 'SYNTAX_ERROR',
    message: /at line 2, column \d+:\nSELECT FROM WHERE\n +\^\n$/,
  },
  {
    name: 'an unknown table',
    sql: 'SELECT count(*)\nFROM itmes',
    code: 'UNKNOWN_TABLE',
    message: /no table itmes\. Did you mean items\? Used at line 2, column 6:/,
  },
  {
    name: 'an unknown table with no similar name',
    sql: 'FROM customers',
    code: 'UNKNOWN_TABLE',
    message: /no table customers\. Available tables: items, prices\./,
  },
  {
    name: 'an unknown alias',
    sql: 'SELECT q.id FROM items AS i',
    code: 'UNKNOWN_TABLE',
    message: /the table q, but FROM does not contain it\. Tables in FROM: i\. Used at line 1, column 8:/,
  },
  {
    name: 'an unknown column',
    sql: 'SELECT id,\n  pricce FROM prices',
    code: 'UNKNOWN_COLUMN',
    message: /no column pricce\. Did you mean price\? Used at line 2, column 3:/,
  },
  {
    name: 'an unknown column of an aliased table',
    sql: 'SELECT p.pricce FROM prices AS p',
    code: 'UNKNOWN_COLUMN',
    message: /no column pricce in p\. Did you mean price\? Used at line 1, column 8:/,
  },
  {
    name: 'an unknown column of a view',
    sql: 'CREATE VIEW cheap AS SELECT price AS amount FROM prices; SELECT amonut FROM cheap',
    code: 'UNKNOWN_COLUMN',
    message: /no column amonut\. Did you mean amount\?/,
  },
  {
    name: 'a missing folder',
    sql: 'SELECT 1',
    flags: ['--data', 'nowhere'],
    code: 'INPUT_NOT_FOUND',
    message: /\/nowhere/,
  },
  {
    name: 'a missing file of a table',
    sql: 'FROM t',
    flags: ['--table', 't=data/none.parquet'],
    code: 'INPUT_NOT_FOUND',
    message: /\/data\/none\.parquet/,
  },
  {
    name: 'a missing file of the query',
    sql: "SELECT count(*) FROM 'data/none.parquet'",
    code: 'INPUT_NOT_FOUND',
    message: /\/data\/none\.parquet/,
  },
  {
    name: 'a glob that matches nothing',
    sql: "SELECT count(*) FROM 'data/none*.parquet'",
    code: 'INPUT_NOT_FOUND',
    message: /data\/none\*\.parquet/,
  },
  {
    name: 'a truncated Parquet file',
    sql: 'SELECT count(*) FROM t',
    flags: ['--table', 't=broken/cut.parquet'],
    code: 'INPUT_INVALID',
    message: /\/broken\/cut\.parquet .*it is truncated/,
  },
  {
    name: 'an empty file',
    sql: 'SELECT count(*) FROM t',
    flags: ['--table', 't=broken/empty.parquet'],
    code: 'INPUT_INVALID',
    message: /\/broken\/empty\.parquet .*it is empty/,
  },
  {
    name: 'a file that is not Parquet among several',
    sql: 'SELECT count(*) FROM t',
    flags: ['--table', 't=data/items.parquet', '--table', 't=broken/text.parquet'],
    code: 'INPUT_INVALID',
    message: /\/broken\/text\.parquet is not a readable Parquet file/,
  },
  ...inEveryShape({
    name: 'a file with damaged pages among several',
    sql: 'SELECT sum(id), max(text) FROM damaged',
    flags: ['--table', 'damaged=broken/damaged'],
    code: 'INPUT_INVALID',
    message: /The file \S+\/broken\/damaged\/2\.parquet cannot be read: /,
  }),
  ...inEveryShape({
    name: 'a cast error in one row of one of several files',
    sql: 'SELECT id % 3 AS k, sum(CAST(price AS INTEGER)) FROM prices GROUP BY k',
    code: 'QUERY_FAILED',
    message: /'n\/a' to INT32 in file \S+\/data\/prices\/5\.parquet \(stage 0, task \d of \d\)/,
  }),
  ...inEveryShape({
    name: 'a cast error in the input of a join',
    sql: 'SELECT kind, count(*) FROM items JOIN (SELECT CAST(price AS INTEGER) AS p FROM prices WHERE price > 0::VARCHAR) ON id = p GROUP BY kind',
    code: 'QUERY_FAILED',
    message: /'n\/a' to INT32 in file \S+\/data\/prices\/5\.parquet/,
  }),
  {
    name: 'an error on rows of several files',
    sql: "SELECT CASE WHEN count(*) > 10000 THEN error('too many rows') END AS n FROM prices",
    code: 'QUERY_FAILED',
    message: /too many rows while reading \S+\/data\/prices\/0\.parquet, .* and 3 more \(stage 0, task 0 of 1\)/,
  },
  {
    name: 'a cast error on joined rows in one task',
    sql: 'SELECT sum(CAST(price AS INTEGER) + kind) FROM items JOIN prices ON items.id = prices.id // 4 GROUP BY name',
    flags: IN_DATA,
    code: 'QUERY_FAILED',
    message: /'n\/a' to INT32 while reading \S+\/data\/\S+\.parquet, .*\d more \(/,
  },
  {
    name: 'a cast error on shuffled rows',
    sql: 'SELECT sum(CAST(price AS INTEGER) + kind) FROM items JOIN prices ON items.id = prices.id // 4 GROUP BY name',
    flags: [...IN_DATA, '--set', 'fanout=4', '--set', 'broadcast_limit=0'],
    code: 'QUERY_FAILED',
    message: /'n\/a' to INT32 in rows from (items, prices|prices, items) \(stage \d+, task \d of 4\)/,
  },
  {
    name: 'a query that takes too much memory to plan',
    sql: 'SELECT 1 WHERE len(range(300000000)) > 5',
    code: 'PLAN_MEMORY',
    message: /more than 1024 MiB of memory/,
  },
  {
    name: 'a query that takes too long to plan',
    sql: "SELECT levenshtein(repeat('ab', 100000), repeat('ba', 100000))",
    flags: ['--set', 'timeout=1s'],
    code: 'PLAN_TIMEOUT',
    message: /took longer than 1000 ms/,
  },
];

for (const { name, sql, flags = IN_DATA, code, message } of CASES) {
  test(`${name} fails with ${code} and leaves nothing behind`, async () => {
    const files = place.files();
    assertFailed(await place.volley(['sql', ...flags, '--output', 'never.csv', sql]), code, message, files);
  });
}

for (const [shape, settings] of SHAPES) {
  test(
    `a query fails with EXECUTOR_LOST if an executor is killed in every attempt of a task (${shape})`,
    needsProc,
    async () => {
      const files = place.files();
      const endless = 'SELECT sum(a.id * b.range) AS s FROM items AS a, range(1000000000) AS b';
      const started = place.start(['sql', ...IN_DATA, ...settings, '--set', 'retries=1', endless]);
      const { pid = 0 } = started.process;
      await until('the retries are used up', async () => {
        const [job] = await listJobs(place.state);
        if (started.process.exitCode !== null) return true;
        if (job !== undefined && progressOf(job.state).tasksRunning > 0) executorsOf(pid).forEach(kill);
        return undefined;
      });
      const message =
        /lost while running a task \(stage \d+, task \d+ of \d+, 2 attempts\): its process was killed by SIGKILL/;
      assertFailed(await started.ended, 'EXECUTOR_LOST', message, files);
    },
  );
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The process has already ended.
  }
}

const REPLACEMENTS: readonly (readonly [
  what: string,
  settings: readonly string[],
  code: ErrorCode,
  message: RegExp,
  change: (path: string) => void,
])[] = [
  ['replaced', [], 'INPUT_CHANGED', /\/changing\/\d\.parquet was changed or replaced/, replace],
  ['replaced', ['--set', 'fanout=4'], 'INPUT_CHANGED', /\/changing\/\d\.parquet was changed or replaced/, replace],
  [
    'truncated',
    [],
    'INPUT_CHANGED',
    /\/changing\/\d\.parquet was changed or replaced/,
    (path) => writeFileSync(path, 'x'),
  ],
  ['deleted', [], 'INPUT_NOT_FOUND', /\/changing\/\d\.parquet/, (path) => rmSync(path)],
];

/** Replaces a file with a copy. */
function replace(path: string): void {
  copyFileSync(path, `${path}.new`);
  renameSync(`${path}.new`, path);
}

for (const [what, settings, code, message, change] of REPLACEMENTS) {
  test(
    `a query fails with ${code} if files are ${what} after planning (${settings.join(' ') || 'default settings'})`,
    needsProc,
    async () => {
      mkdirSync(inPlace('changing'), { recursive: true });
      const paths = [0, 1, 2, 3].map((index) => inPlace(`changing/${index}.parquet`));
      for (const [index, path] of paths.entries()) copyFileSync(inPlace(`data/prices/${index}.parquet`), path);
      const files = place.files().filter((path) => code === 'INPUT_CHANGED' || !/^changing\//.test(path));
      const started = place.startReading(['sql', '--table', 't=changing', ...settings]);
      const { pid = 0 } = started.process;
      // The first executor starts before any statement is read. Stopping it keeps its task from opening any file.
      const executor = await until('an executor runs', async () => executorsOf(pid)[0]);
      process.kill(executor, 'SIGSTOP');
      started.process.stdin?.end('SELECT max(price) FROM t');
      await untilJob(place, 'the query is planned', ({ state }) => progressOf(state).tasksRunning > 0);
      for (const path of paths) change(path);
      process.kill(executor, 'SIGCONT');
      assertFailed(await started.ended, code, message, files);
    },
  );
}
