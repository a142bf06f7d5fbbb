import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { formatResult } from '../../coordinator/front/result/format.ts';
import { progressOf } from '../../coordinator/scheduler/progress.ts';
import type { ErrorCode } from '../../engine/errors.ts';
import { loadConfig } from '../../functions/config/config.ts';
import type { EmbeddedSession } from '../../functions/embedded/session.ts';
import { executorsOf, makePlace, until, untilJob, writeParquet } from './volley-process.ts';

// Tests the built program. The executors and the binder run from the bundles in dist/.
const { openEmbedded }: typeof import('../../functions/embedded/session.ts') = await import(
  new URL('../../dist/session.js', import.meta.url).href
);

const place = makePlace();
const inPlace = (path: string): string => join(place.folder, path);
/** Text that every file and variable outside the sandbox contains. */
const SECRET = 'bc41f7a6secret';

let session: EmbeddedSession;
let filesAtFirst: readonly string[] = [];
before(async () => {
  for (const folder of ['data', 'elsewhere/folder']) mkdirSync(inPlace(folder), { recursive: true });
  await writeParquet({
    [inPlace('data/items.parquet')]: "SELECT id, 'item ' || id AS name FROM range(1000) AS r(id)",
    [inPlace('elsewhere/secret.parquet')]: `SELECT '${SECRET}' AS id, '${SECRET}' AS name`,
  });
  writeFileSync(inPlace('data/notes.csv'), 'id,note\n1,a\n2,b\n');
  writeFileSync(inPlace('elsewhere/folder/secret.csv'), `id,note\n1,${SECRET}\n`);
  writeFileSync(inPlace('elsewhere/secret.json'), `[{"id": 1, "note": "${SECRET}"}]`);
  writeFileSync(inPlace('elsewhere/secret.txt'), SECRET);
  symlinkSync('../elsewhere/secret.parquet', inPlace('data/link.parquet'));
  symlinkSync('../elsewhere/folder', inPlace('data/linked'));
  symlinkSync('/proc', inPlace('data/system'));
  process.env['VOLLEY_TEST_SECRET'] = SECRET;
  session = await openEmbedded(loadConfig({ data: [inPlace('data')] }, { VOLLEY_STATE_DIR: place.state }));
  filesAtFirst = place.files();
});
after(async () => {
  await session.close();
  assert.deepEqual(await place.leftovers(), []);
  place.remove();
});

const ALLOWED = 'SELECT count(*) AS n FROM items, notes WHERE items.id = notes.id';

/** Runs a script and returns its rows as CSV. */
async function rowsOf(script: string): Promise<string> {
  const result = await session.run(script, { resultFormat: 'arrow', explain: false });
  try {
    assert.ok(result.kind === 'rows');
    let text = '';
    for await (const chunk of formatResult(result.result, 'csv', {})) text += Buffer.from(chunk).toString();
    return text;
  } finally {
    await result.release();
  }
}

/** Returns the error of a rejected script. Fails if the script created a job or the message contains the secret. */
async function refusal(script: string): Promise<Error & { readonly code: unknown }> {
  let isJob = false;
  const options = {
    resultFormat: 'arrow',
    explain: false,
    onProgress: () => {
      isJob = true;
    },
  } as const;
  const [outcome] = await Promise.allSettled([session.run(script, options)]);
  if (outcome?.status === 'fulfilled') await outcome.value.release();
  assert.ok(outcome?.status === 'rejected', `the script was not rejected: ${script}`);
  const error: unknown = outcome.reason;
  assert.ok(error instanceof Error && 'code' in error, `not an error of Volley: ${error}`);
  assert.ok(!isJob, `the script created a job: ${script}`);
  assert.ok(!error.message.replaceAll(script, '').includes(SECRET), `the message contains the secret: ${script}`);
  return error;
}

async function assertRefused(script: string, code: ErrorCode): Promise<void> {
  const error = await refusal(script);
  assert.equal(error.code, code, `${script}: ${error.message}`);
}

/** Asserts that the session still works and that no file was written. */
async function assertUnharmed(): Promise<void> {
  assert.equal(await rowsOf(ALLOWED), 'n\n2\n');
  assert.deepEqual(
    place.files().filter((file) => !file.startsWith('state/')),
    filesAtFirst.filter((file) => !file.startsWith('state/')),
  );
}

/** Obfuscated scripts, one of each kind. `test/coordinator/binder/sql` covers every construct in every position. */
const SCRIPTS: readonly (readonly [script: string, code: ErrorCode])[] = [
  // Statements
  ["COPY items TO 'stolen.csv'", 'STATEMENT_NOT_ALLOWED'],
  ["COPY (FROM items) TO PROGRAM 'cat'", 'STATEMENT_NOT_ALLOWED'],
  ["ATTACH 'stolen.db'", 'STATEMENT_NOT_ALLOWED'],
  ['INSTALL httpfs', 'STATEMENT_NOT_ALLOWED'],
  ['LOAD httpfs', 'STATEMENT_NOT_ALLOWED'],
  ['PRAGMA database_list', 'STATEMENT_NOT_ALLOWED'],
  ['SET enable_external_access = true', 'UNKNOWN_SETTING'],
  ["SET temp_directory = '/tmp'", 'UNKNOWN_SETTING'],
  ["SET home_directory = '/'; FROM items", 'UNKNOWN_SETTING'],
  ['SET lock_configuration = false', 'UNKNOWN_SETTING'],
  ["SELECT 1; COPY items TO 'stolen.csv'", 'STATEMENT_NOT_ALLOWED'],
  ["CREATE VIEW v AS SELECT 1; ATTACH 'stolen.db'; FROM v", 'STATEMENT_NOT_ALLOWED'],
  ["SELECT 1 /* ; */ ; -- x\nEXPORT DATABASE 'stolen'", 'STATEMENT_NOT_ALLOWED'],
  ["\ufeffCOPY items TO 'stolen.csv'", 'STATEMENT_NOT_ALLOWED'],
  ["EXPLAIN ANALYZE COPY items TO 'stolen.csv'", 'STATEMENT_NOT_ALLOWED'],
  ["EXPLAIN COPY items TO 'stolen.csv'", 'STATEMENT_NOT_ALLOWED'],
  ["PREPARE p AS COPY items TO 'stolen.csv'", 'STATEMENT_NOT_ALLOWED'],
  ["CREATE MACRO m() AS TABLE FROM read_text('/etc/passwd'); FROM m()", 'STATEMENT_NOT_ALLOWED'],
  ['CREATE SECRET (TYPE s3, PROVIDER credential_chain)', 'STATEMENT_NOT_ALLOWED'],
  // Functions: alternative spellings, method-style calls, and calls inside allowed statements
  ["SELECT getenv('VOLLEY_TEST_SECRET')", 'FUNCTION_NOT_ALLOWED'],
  ["SELECT ('VOLLEY_TEST_SECRET').getenv()", 'FUNCTION_NOT_ALLOWED'],
  ['SELECT "GetEnv"(\'VOLLEY_TEST_SECRET\')', 'FUNCTION_NOT_ALLOWED'],
  ["SELECT main.getenv/**/('VOLLEY_TEST_SECRET')", 'FUNCTION_NOT_ALLOWED'],
  ["SELECT list_transform(['VOLLEY_TEST_SECRET'], lambda v: getenv(v))", 'FUNCTION_NOT_ALLOWED'],
  ["SELECT list_transform(['VOLLEY_TEST_SECRET'], v -> v.getenv())", 'FUNCTION_NOT_ALLOWED'],
  ["CREATE VIEW v AS SELECT getenv('VOLLEY_TEST_SECRET') AS x; SELECT id FROM items", 'FUNCTION_NOT_ALLOWED'],
  ["WITH q AS (SELECT getenv('VOLLEY_TEST_SECRET') AS x) SELECT id FROM items", 'FUNCTION_NOT_ALLOWED'],
  ["SELECT id FROM items WHERE name = (SELECT content FROM read_text('/etc/passwd'))", 'FUNCTION_NOT_ALLOWED'],
  ['FROM Read_Text($$/etc/passwd$$)', 'FUNCTION_NOT_ALLOWED'],
  ["FROM read_blob(E'/etc/passwd')", 'FUNCTION_NOT_ALLOWED'],
  ["FROM system.main.read_text('/etc/passwd')", 'FUNCTION_NOT_ALLOWED'],
  ["FROM glob('/etc/*')", 'FUNCTION_NOT_ALLOWED'],
  ["FROM query('FROM read_text(''/etc/passwd'')')", 'FUNCTION_NOT_ALLOWED'],
  ["FROM query_table('items')", 'FUNCTION_NOT_ALLOWED'],
  ["FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))", 'FUNCTION_NOT_ALLOWED'],
  ['FROM arrow_scan(1, 2, 3)', 'FUNCTION_NOT_ALLOWED'],
  ['FROM volley_input(0)', 'FUNCTION_NOT_ALLOWED'],
  ["FROM parquet_metadata('data/items.parquet')", 'FUNCTION_NOT_ALLOWED'],
  ["FROM sniff_csv('data/notes.csv')", 'FUNCTION_NOT_ALLOWED'],
  ['FROM duckdb_secrets()', 'FUNCTION_NOT_ALLOWED'],
  ["SELECT current_setting('temp_directory')", 'FUNCTION_NOT_ALLOWED'],
  ['FROM duckdb_settings', 'UNKNOWN_TABLE'],
  ['FROM sqlite_master', 'UNKNOWN_TABLE'],
  ['FROM information_schema.tables', 'UNKNOWN_TABLE'],
];

test('rejects obfuscated scripts outside the allow-list before creating a job, and keeps the session usable', async () => {
  for (const [script, code] of SCRIPTS) await assertRefused(script, code);
  await assertUnharmed();
});

/** Paths that lead outside `data`. `@` stands for the test's folder. */
const PATHS: readonly string[] = [
  '@/elsewhere/secret.parquet',
  '@/elsewhere/folder/secret.csv',
  '@/elsewhere/secret.json',
  '@/elsewhere/no-such-file.parquet',
  '@/data/../elsewhere/secret.parquet',
  '@/data/./..//elsewhere/folder/secret.csv',
  '@/data/none/../../elsewhere/secret.parquet',
  '@/data/link.parquet',
  '@/data/li?k.parquet',
  '@/data/*.parquet',
  '@/data/linked/secret.csv',
  '@/data/linked/*.csv',
  '@/data/linked/../../elsewhere/secret.parquet',
  '@/data/system/self/environ',
  '@/data/system/self/cwd/../../etc/passwd',
  '@/{data,elsewhere}/secret.parquet',
  '@/els[e]where/secret.parquet',
  '@/*/secret.parquet',
  '@/**/*.parquet',
  '@/elsewhere',
  'elsewhere/secret.parquet',
  '../secret.parquet',
  '~/secret.parquet',
  '/etc/passwd',
  '/etc/hosts.csv',
  '/dev/stdin',
  '/dev/fd/0',
  '/proc/self/environ',
  'file:///etc/hosts.csv',
  'file:@/elsewhere/folder/secret.csv',
  'https://example.com/x.parquet',
  's3://bucket/x.parquet',
  'gcs://bucket/x.csv',
  'hf://datasets/x/y.parquet',
];

/** Ways to name a file in a query. */
const READERS: readonly ((path: string) => string)[] = [
  (path) => `FROM '${path}'`,
  (path) => `FROM read_parquet('${path}')`,
  (path) => `FROM read_csv(['@/data/notes.csv', '${path}'])`,
  (path) => `FROM read_json('${path}')`,
  (path) => `CREATE VIEW v AS FROM '${path}'; SELECT 1`,
  (path) => `WITH q AS (FROM read_csv_auto('${path}')) SELECT id FROM items WHERE id IN (SELECT 1 FROM q)`,
];

test('rejects paths outside the --data folder before creating a job, whether or not the file exists', async () => {
  for (const path of PATHS) {
    for (const reader of READERS)
      await assertRefused(reader(path).replaceAll('@', place.folder), 'LOCATION_NOT_ALLOWED');
  }
  await assertUnharmed();
});

test("rejects paths in the run's own folders", async () => {
  const [run = ''] = await place.leftovers();
  for (const path of ['lock', 'journal/*', 'store/**', 'scratch/**/*.parquet'])
    await assertRefused(`FROM read_csv('${place.state}/runs/${run}/${path}')`, 'LOCATION_NOT_ALLOWED');
});

test('rejects a --data table that is a symbolic link, and still reads the other tables', async () => {
  for (const table of ['link', 'linked', 'system']) await assertRefused(`FROM ${table}`, 'LOCATION_NOT_ALLOWED');
  await assertUnharmed();
});

test('does not read a file that was replaced by a link after planning', {
  skip: process.platform !== 'linux' && 'reads /proc',
}, async () => {
  const path = inPlace('data/moving.parquet');
  await writeParquet({ [path]: "SELECT 'mine' AS name" });
  const started = place.startReading(['sql', '--data', 'data', '--format', 'csv']);
  // The first executor starts before any statement is read. Stopping it keeps its task from opening any file.
  const executor = await until('an executor runs', async () => executorsOf(started.process.pid ?? 0)[0]);
  process.kill(executor, 'SIGSTOP');
  started.process.stdin?.end('SELECT name FROM moving');
  await untilJob(place, 'the query is planned', ({ state }) => progressOf(state).tasksRunning > 0);
  symlinkSync('../elsewhere/secret.parquet', `${path}.link`);
  renameSync(`${path}.link`, path);
  process.kill(executor, 'SIGCONT');
  const { status, stdout, stderr } = await started.ended;
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /^volley: LOCATION_NOT_ALLOWED: .*\/data\/moving\.parquet/);
  assert.ok(!stderr.includes(SECRET));
  assert.ok(readFileSync(path).includes(SECRET), 'the link leads to the secret');
});
