import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { tableFromIPC } from 'apache-arrow';
import { type Ended, makePlace, writeParquet } from './volley-process.ts';

const place = makePlace();
const data = join(place.folder, 'data');
before(async () => {
  mkdirSync(join(data, 'parts'), { recursive: true });
  mkdirSync(join(place.folder, '2026'));
  writeFileSync(join(place.folder, 'empty.csv'), '');
  writeFileSync(join(place.folder, '2026', 'config.json'), '{"data": "lake"}');
  await writeParquet({
    [join(place.folder, '2026', '1.parquet')]: 'SELECT 1 AS a',
    [join(data, 'items.parquet')]: "SELECT i AS id, i % 7 AS kind, 'item ' || i AS name FROM range(20000) AS r(i)",
    [join(data, 'parts', '1.parquet')]: 'SELECT i AS id, i * 1.5::DOUBLE AS price FROM range(10000) AS r(i)',
    [join(data, 'parts', '2.parquet')]: 'SELECT i AS id, i * 1.5::DOUBLE AS price FROM range(10000, 20000) AS r(i)',
  });
});
after(() => place.remove());

const JOIN =
  'SELECT kind, count(*) AS n, sum(price) AS total FROM items JOIN parts USING (id) GROUP BY kind ORDER BY kind';

interface Case {
  readonly name: string;
  readonly arguments: readonly string[];
  readonly stdin?: string;
  readonly status?: number;
  readonly stdout?: string;
  /** The pattern that stderr must match. If absent, stderr must be empty. */
  readonly stderr?: RegExp;
}

const CASES: readonly Case[] = [
  { name: 'a query without data', arguments: ['sql', '--format', 'csv', 'SELECT 1 AS a'], stdout: 'a\n1\n' },
  {
    name: 'statements from stdin without a command',
    arguments: ['--format', 'csv'],
    stdin:
      "CREATE VIEW v AS SELECT 5 AS x;\nSET timezone = 'Asia/Tokyo';\nSELECT x, TIMESTAMPTZ '2026-01-01 00:00:00+00' AS t FROM v;",
    stdout: 'x,t\n5,2026-01-01 09:00:00+09\n',
  },
  {
    name: "a query under Lambda's limits with --summary",
    arguments: [
      'sql',
      '--fabric',
      'lambda',
      '--data',
      'data',
      '--set',
      'fanout=2',
      '--set',
      'memory=600',
      '--summary',
    ].concat(['--format', 'csv', 'SELECT kind, count(*) AS n FROM items GROUP BY kind ORDER BY kind LIMIT 1']),
    stdout: 'kind,n\n0,2858\n',
    stderr: /tasks.*\nstore requests: job: \d+ get, \d+ put, \d+ list, \d+ delete \(/,
  },
  {
    name: 'a memory setting above the largest function size',
    arguments: ['sql', '--fabric', 'lambda', '--set', 'memory=20000', 'SELECT 1 FROM range(3)'],
    status: 2,
    stderr: /INVALID_SETTING: No function has 20000 MiB of memory. Available sizes: 512, .*Set memory to at most 10240/,
  },
  {
    name: 'several statements that return rows',
    arguments: ['sql', '--format', 'ndjson', 'SELECT 1 AS a; SELECT 2 AS a'],
    stdout: '{"a":1}\n{"a":2}\n',
  },
  {
    name: 'tables from files and subfolders of a folder',
    arguments: ['sql', '--data', 'data', '--format', 'csv', 'SHOW TABLES'],
    stdout: 'name\nitems\nparts\n',
  },
  {
    name: 'a table of several files',
    arguments: [
      'sql',
      '--table',
      'p=data/parts/1.parquet',
      '--table',
      'p=data/parts/2.parquet',
      '--format',
      'csv',
      'SELECT count(*) AS n FROM p',
    ],
    stdout: 'n\n20000\n',
  },
  {
    name: 'a query with --summary',
    arguments: [
      'sql',
      '--data',
      'data',
      '--set',
      'fanout=2',
      '--summary',
      '--format',
      'csv',
      'SELECT sum(kind) AS n FROM items',
    ],
    stdout: 'n\n59997\n',
    stderr:
      /^1 row · [\d.]+ m?s · 2 stages · 3 tasks · [\d.]+ k?B read · [\d.]+ k?B shuffled in 2 rows\nstore requests: job: [^\n]+\n$/,
  },
  { name: 'a script without statements', arguments: ['sql', ' -- nothing'], stdout: '' },
  {
    name: 'a script with only views and settings',
    arguments: ['sql', 'SET fanout = 2; CREATE VIEW v AS SELECT 1'],
    stdout: '',
  },
  {
    name: 'a syntax error',
    arguments: ['sql', 'SELECT 1 +'],
    status: 1,
    stderr: /^volley: SYNTAX_ERROR: .*line 1/,
  },
  {
    name: 'an unknown table with a similar name',
    arguments: ['sql', '--data', 'data', 'FROM item'],
    status: 1,
    stderr: /UNKNOWN_TABLE: .*item.*items/s,
  },
  {
    name: 'an unknown column with a similar name',
    arguments: ['sql', '--data', 'data', 'SELECT nam FROM items'],
    status: 1,
    stderr: /UNKNOWN_COLUMN: .*nam.*name/s,
  },
  {
    name: 'a missing file',
    arguments: ['sql', '--data', 'nowhere', 'SELECT 1'],
    status: 1,
    stderr: /INPUT_NOT_FOUND: .*nowhere/,
  },
  {
    name: 'a missing file that the config file names',
    arguments: ['sql', '--config', '2026/config.json', 'SELECT 1'],
    status: 1,
    stderr: /INPUT_NOT_FOUND: File or folder not found: \S+\/2026\/lake\. Check the path\.\n$/,
  },
  {
    name: 'a cast error in one row',
    arguments: ['sql', '--data', 'data', 'SELECT sum(name::INTEGER) FROM items'],
    status: 1,
    stderr: /QUERY_FAILED: .*item/,
  },
  {
    name: 'a setting that does not exist',
    arguments: ['sql', 'SET threads = 1; SELECT 1'],
    status: 1,
    stderr: /UNKNOWN_SETTING: .*threads/,
  },
  {
    name: 'a statement outside the allow-list',
    arguments: ['sql', "COPY (SELECT 1) TO 'x.csv'"],
    status: 1,
    stderr: /STATEMENT_NOT_ALLOWED/,
  },
  { name: 'a job that does not exist', arguments: ['job', 'none'], status: 1, stderr: /UNKNOWN_JOB: .*none/ },
  {
    name: 'a name with control characters',
    arguments: ['sql', 'FROM "a\u001b[31mb"'],
    status: 1,
    stderr: /UNKNOWN_TABLE: .*a\\u001b\[31mb/,
  },
  {
    name: 'a flag for a setting that does not exist',
    arguments: ['sql', '--set', 'threads=1', 'SELECT 1'],
    status: 2,
    stderr: /UNKNOWN_SETTING/,
  },
  {
    name: 'a flag for a setting that has no effect here',
    arguments: ['sql', '--set', 'result_ttl=1h', 'SELECT 1'],
    status: 2,
    stderr: /INVALID_SETTING: The setting result_ttl has no effect in volley sql/,
  },
  {
    name: 'a setting in SQL that has no effect here',
    arguments: ['sql', "SET result_ttl = '1h'; SELECT 1"],
    status: 1,
    stderr: /INVALID_SETTING: The setting result_ttl has no effect in volley sql/,
  },
  { name: 'a file that is a device', arguments: ['sql', '--output', '/dev/null', 'SELECT 1'], stdout: '' },
  { name: 'an unknown command', arguments: ['frob'], status: 2, stderr: /Unknown command 'frob'/ },
  { name: 'an unknown flag', arguments: ['sql', '--nope'], status: 2, stderr: /--nope/ },
  { name: 'a missing script file', arguments: ['sql', '-f', 'none.sql'], status: 2, stderr: /USAGE: .*none\.sql/ },
  {
    name: 'an output in a missing folder',
    arguments: ['sql', '--output', 'none/x.csv', 'SELECT 1'],
    status: 1,
    stderr: /^volley: OUTPUT_FAILED: Cannot write the file \S+\/none\/x\.csv: the folder \S+\/none does not exist\.\n$/,
  },
  {
    name: 'an example from the help about a folder of files',
    arguments: ['sql', '--data', './2026', '--format', 'csv', "from './2026/*.parquet' limit 10"],
    stdout: 'a\n1\n',
  },
  // Plain DuckDB also reads an empty CSV file as a table with the column `column0` and no rows.
  {
    name: 'an empty CSV file',
    arguments: ['sql', '--table', 't=empty.csv', '--format', 'csv', 'FROM t'],
    stdout: 'column0\n',
  },
  {
    name: 'a script with two results for one output file',
    arguments: ['sql', '--output', 'x.csv', 'SELECT 1; SELECT 2'],
    status: 2,
    stderr: /USAGE: .*--output/,
  },
];

for (const { name, arguments: given, stdin, status = 0, stdout = '', stderr } of CASES) {
  test(`exits with status ${status} for ${name}, writes only rows to stdout and leaves nothing behind`, async () => {
    const ended = await place.volley(given, stdin);
    assert.equal(ended.status, status, ended.stderr);
    assert.equal(ended.stdout, stdout);
    if (stderr === undefined) assert.equal(ended.stderr, '');
    else assert.match(ended.stderr, stderr);
    assert.doesNotMatch(ended.stderr, /^\s+at /m);
    assert.ok(!ended.stderr.includes('\u001b'));
    assert.deepEqual(await place.leftovers(), []);
  });
}

test('one task, four tasks with broadcasts and four tasks with shuffles return the same rows', async () => {
  const shapes = [[], ['--set', 'fanout=4'], ['--set', 'fanout=4', '--set', 'broadcast_limit=0']];
  const results: Ended[] = [];
  for (const shape of shapes)
    results.push(await place.volley(['sql', '--data', 'data', '--format', 'csv', ...shape, JOIN]));
  assert.equal(results[0]?.stdout.split('\n').length, 9);
  assert.deepEqual(new Set(results.map((ended) => ended.stdout)).size, 1);
  assert.deepEqual(await place.leftovers(), []);
});

test('--explain prints the stages without running the query', async () => {
  const { status, stdout } = await place.volley(['sql', '--data', 'data', '--set', 'fanout=4', '--explain', JOIN]);
  assert.equal(status, 0);
  assert.match(stdout, /^stage 0: 4 tasks/m);
  assert.match(stdout, /items/);
});

test('--explain separates the stages of two statements with a blank line', async () => {
  const { status, stdout } = await place.volley(['sql', '--explain', 'SELECT 1; VALUES (1), (2)']);
  assert.equal(status, 0);
  const [first = '', second = '', ...more] = stdout.split('\n\n');
  assert.match(first, /^stage 0: .*\n {2}project 1 .*\n {4}1 constant row {2}[^\n]*$/);
  assert.match(second, /^stage 0: .*\n {2}2 constant rows {2}[^\n]*\n$/);
  assert.deepEqual(more, []);
});

test('--output writes the whole result to a file, in every format', async () => {
  for (const format of ['table', 'json', 'ndjson', 'csv', 'markdown', 'arrow', 'parquet']) {
    const { status, stdout, stderr } = await place.volley([
      'sql',
      '--data',
      'data',
      '--format',
      format,
      '--output',
      `result.${format}`,
      JOIN,
    ]);
    assert.deepEqual([status, stdout, stderr], [0, '', ''], format);
  }
  const file = (format: string): Buffer => readFileSync(join(place.folder, `result.${format}`));
  assert.equal(JSON.parse(file('json').toString()).length, 7);
  assert.equal(tableFromIPC(file('arrow')).numRows, 7);
  assert.equal(file('parquet').subarray(0, 4).toString(), 'PAR1');
  const read = await place.volley([
    'sql',
    '--table',
    'r=result.parquet',
    '--format',
    'csv',
    'SELECT * FROM r ORDER BY kind',
  ]);
  assert.equal(read.stdout, file('csv').toString());
  assert.ok(readdirSync(place.folder).every((name) => !name.endsWith('.tmp')));
});

test('Parquet output stores wide integers as decimals and times with a time zone as text', async () => {
  const query = "SELECT 9007199254740993::HUGEINT AS wide, TIMETZ '12:00:00+02' AS time";
  const written = await place.volley(['sql', '--format', 'parquet', '--output', 'exact.parquet', query]);
  assert.equal(written.status, 0, written.stderr);
  const read = await place.volley(['sql', '--table', 'r=exact.parquet', '--format', 'csv', 'SELECT * FROM r']);
  assert.equal(read.stdout, 'wide,time\n9007199254740993,12:00:00+02\n');
});

test('a failed query leaves the existing output file unchanged', async () => {
  writeFileSync(join(place.folder, 'kept.csv'), 'before');
  const { status } = await place.volley([
    'sql',
    '--data',
    'data',
    '--format',
    'csv',
    '--output',
    'kept.csv',
    'SELECT name::INTEGER FROM items',
  ]);
  assert.equal(status, 1);
  assert.equal(readFileSync(join(place.folder, 'kept.csv'), 'utf8'), 'before');
});

test('the program exits without an error when the reader of stdout closes it early', async () => {
  const started = place.start([
    'sql',
    '--format',
    'csv',
    "SELECT i, repeat('x', 1000) AS t FROM range(100000) AS r(i)",
  ]);
  started.process.stdout?.once('data', () => started.process.stdout?.destroy());
  const { status, stderr } = await started.ended;
  assert.deepEqual([status, stderr], [0, '']);
  assert.deepEqual(await place.leftovers(), []);
});

test('--help shows examples and lists only commands that exist', async () => {
  const { status, stdout } = await place.volley(['--help']);
  assert.equal(status, 0);
  assert.match(stdout, /Examples:\n {2}volley sql --data/);
  assert.doesNotMatch(stdout, /^ +bench\b/m);
});
