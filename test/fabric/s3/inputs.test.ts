import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { createCatalog } from '../../../coordinator/catalog/discover.ts';
import { systemClock } from '../../../coordinator/clock.ts';
import { runJob } from '../../../coordinator/jobs/run-job.ts';
import { openFileJournal } from '../../../coordinator/journal/file.ts';
import type { JobEnd } from '../../../coordinator/scheduler/job.ts';
import type { StageGraph } from '../../../engine/plan/stage.ts';
import type { JobId } from '../../../engine/task/task.ts';
import type { S3Server } from '../../../scripts/servers/versitygw.ts';
import { settings } from '../../coordinator/scheduler/graph.ts';
import { answerOf, assertSameAnswer, plainAnswer } from '../../tpch/compare.ts';
import { planStatements } from '../plan-statements.ts';
import { assertNothingLeft, openBuckets, openS3Session, type S3Buckets } from './buckets.ts';
import { openS3Executors, type S3Executors } from './open-executors.ts';
import { s3Suite } from './suite.ts';

/** A text that is longer than the sample of 2 MiB. The end of the sample falls inside a quoted field with a line break. */
const longCsv = `id,note\n${Array.from({ length: 60_000 }, (_, id) => `${id},"line ${id}\nand, so on ${'x'.repeat(30)}"`).join('\n')}\n`;
const longArray = `[${Array.from({ length: 50_000 }, (_, id) => `{"id":${id},"tags":["a]","\\"b"],"text":"${'y'.repeat(30)}"}`).join(',\n')}]`;

const files: readonly (readonly [key: string, content: string | Uint8Array])[] = [
  ['text/plain.csv', 'a,b\n1,x\n2,y\n'],
  ['text/long.csv', longCsv],
  ['text/zipped.csv.gz', gzipSync(longCsv)],
  ['text/lines.ndjson', '{"a":1,"b":{"c":"x"}}\n{"a":2,"b":{"c":"y"}}\n'],
  ['text/array.json', longArray],
  ['text/events/day=1/part.csv', 'id,v\n1,1.5\n'],
  ['text/events/day=2/part.csv', 'id,v\n2,2.5\n3,3.5\n'],
  ['text/events/_SUCCESS', ''],
  ['text/.hidden/x.csv', 'a\n1\n'],
  ['text/notes.txt', 'none'],
  ['text/broken.parquet', 'PAR1 and no more'],
  ['texture/other.csv', 'a\n1\n'],
];

async function suite(server: S3Server): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'volley-inputs-s3-')));
  const buckets = await openBuckets(server);
  after(async () => {
    buckets.close();
    rmSync(root, { recursive: true, force: true });
  });
  for (const [key, content] of files) {
    const bytes = Buffer.from(content);
    await buckets.inputs.put(key, [bytes]);
    mkdirSync(dirname(join(root, key)), { recursive: true });
    writeFileSync(join(root, key), bytes);
  }

  describe('a folder of text files in S3', () => textSuite(buckets, root));
  describe('a task that reads from S3', () => {
    for (const kind of ['child', 'standalone', 'function'] as const) {
      test(`reads only files that are allowed and unchanged since planning (${kind} executor)`, (t) =>
        executorSuite(t, buckets, kind));
    }
  });
}

function textSuite(buckets: S3Buckets, root: string): void {
  const cases = [
    'SELECT * FROM plain ORDER BY a',
    'SELECT count(*), sum(id), max(note), min(length(note)) FROM long',
    'SELECT count(*), sum(id), max(note) FROM zipped',
    'SELECT a, b.c FROM lines ORDER BY a',
    'SELECT count(*), sum(id), max(tags[2]), any_value(text) FROM "array"',
    'SELECT * FROM events ORDER BY id',
  ];
  const located = [
    (at: string) => `SELECT * FROM '${at}/text/events/*/*.csv' ORDER BY id`,
    (at: string) => `SELECT * FROM '${at}/text/pl?in.csv' ORDER BY a`,
    (at: string) => `SELECT count(*) FROM read_csv('${at}/text/**/part.csv')`,
  ];

  test('returns the same rows as the same folder on disk', async (t) => {
    const session = await openS3Session(buckets, { data: ['s3://inputs/text/'] }, join(root, 'state'));
    t.after(() => session.close());
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    t.after(() => instance.closeSync());
    for (const [table, path] of [
      ['plain', 'plain.csv'],
      ['long', 'long.csv'],
      ['zipped', 'zipped.csv.gz'],
      ['lines', 'lines.ndjson'],
      ['"array"', 'array.json'],
      ['events', 'events/*/*.csv'],
    ]) {
      const read = path?.includes('csv') ? `read_csv('${root}/text/${path}')` : `'${root}/text/${path}'`;
      await connection.run(`CREATE VIEW ${table} AS FROM ${read}`);
    }
    const both = [
      ...cases.map((sql) => [sql, sql] as const),
      ...located.map((sql) => [sql('s3://inputs'), sql(root)] as const),
    ];
    for (const [sql, plain] of both) {
      await t.test(sql, async () => {
        const result = await session.run(sql, { resultFormat: 'arrow', explain: false });
        assert.ok(result.kind === 'rows');
        const answer = await answerOf(result.result);
        await result.release();
        assertSameAnswer(answer, await plainAnswer(connection, plain));
      });
    }
    await assertNothingLeft(buckets);
  });

  for (const [sql, code, message] of [
    [
      "FROM 's3://inputs/texture/other.csv'",
      'LOCATION_NOT_ALLOWED',
      /s3:\/\/inputs\/texture\/other\.csv .*s3:\/\/inputs\/text\b/,
    ],
    ["FROM 's3://inputs/text/../texture/other.csv'", 'LOCATION_NOT_ALLOWED', /its key has a segment "\.\."\.$/],
    ["FROM 's3://jobs/x.csv'", 'LOCATION_NOT_ALLOWED', /s3:\/\/jobs\/x\.csv/],
    ['FROM broken', 'INPUT_INVALID', /s3:\/\/inputs\/text\/broken\.parquet/],
    ["FROM 's3://inputs/text/none.csv'", 'INPUT_NOT_FOUND', /s3:\/\/inputs\/text\/none\.csv/],
    ["FROM 's3://inputs/text/none/*.csv'", 'INPUT_NOT_FOUND', /No file matches/],
  ] as const) {
    test(`rejects ${sql} with ${code}`, async (t) => {
      const session = await openS3Session(buckets, { data: ['s3://inputs/text'] }, join(root, 'state'));
      t.after(() => session.close());
      await assert.rejects(session.run(sql, { resultFormat: 'arrow', explain: false }), { code, message });
    });
  }

  test('names the bucket in the error if the bucket does not exist', async () => {
    const opened = openS3Session(buckets, { data: ['s3://nowhere/x'] }, join(root, 'state'));
    await assert.rejects(opened, { code: 'STORE_FAILED', message: /s3:\/\/nowhere.*Create the bucket/ });
  });
}

async function executorSuite(t: TestContext, buckets: S3Buckets, kind: S3Executors['kind']): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `volley-${kind}-`)));
  const { inputs } = buckets;
  const folder = `${kind}/data`;
  const location = `s3://inputs/${folder}`;
  const put = async (table: string, rows: string) => {
    await inputs.delete([`${folder}/${table}.csv`]);
    await inputs.put(`${folder}/${table}.csv`, [Buffer.from(rows)]);
  };
  for (const table of ['same', 'changed', 'gone']) await put(table, 'a\n1\n2\n');
  await inputs.put(`${folder}base/near.csv`, [Buffer.from('a\n1\n')]);
  const executors = await openS3Executors(kind, { buckets, allow: [location], scratch: join(root, 'scratch') });
  const journal = openFileJournal(join(root, 'journal'));
  mkdirSync(join(root, 'journal'));
  t.after(async () => {
    await executors.close();
    await journal.close();
    rmSync(root, { recursive: true, force: true });
  });
  const run = async (table: string, graph: StageGraph): Promise<JobEnd | undefined> => {
    const job = `${kind}-${table}` as JobId;
    const context = { journal, store: executors.store, invoker: executors.invoker, clock: systemClock };
    const ended = await runJob({ job, graph, settings: { ...settings, retries: 0 }, random: Math.random, ...context });
    await ended.release();
    return ended.state.end;
  };
  const graphs = await planAll(join(root, 'binder'), buckets, [`s3://inputs/${kind}`], {
    same: `FROM '${location}/same.csv'`,
    changed: `FROM '${location}/changed.csv'`,
    gone: `FROM '${location}/gone.csv'`,
    near: `FROM '${location}base/near.csv'`,
  });
  // The new content has the same length as the old content, so only the version differs.
  await put('changed', 'a\n8\n9\n');
  await inputs.delete([`${folder}/gone.csv`]);
  for (const [table, code] of [
    ['same', undefined],
    ['changed', 'INPUT_CHANGED'],
    ['gone', 'INPUT_NOT_FOUND'],
    ['near', 'LOCATION_NOT_ALLOWED'],
  ] as const) {
    const graph = graphs.get(table);
    assert.ok(graph !== undefined);
    const end = await run(table, graph);
    assert.equal(end?.kind === 'failed' ? end.error.code : undefined, code, table);
    assert.equal(end?.kind, code === undefined ? 'succeeded' : 'failed');
  }
  await assertNothingLeft(buckets);
}

/** Plans statements for a coordinator that may read more locations than its executors. */
async function planAll(
  scratchFolder: string,
  { inputs }: S3Buckets,
  allow: readonly string[],
  statements: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, StageGraph>> {
  const sources = { data: [], tables: [], allow, workingFolder: '/', openBucket: async () => inputs };
  const catalog = await createCatalog(sources);
  return planStatements({ catalog, scratchFolder, tasks: 1, memoryMiB: 512 }, Object.entries(statements));
}

await s3Suite('Inputs in S3', suite);
