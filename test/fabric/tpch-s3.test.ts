import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import type { S3Server } from '../../scripts/servers/versitygw.ts';
import { generateTpch } from '../../scripts/tpch/generate.ts';
import { answerOf, assertSameAnswer, plainAnswer } from '../tpch/compare.ts';
import { assertNothingLeft, openBuckets, openS3Session, putFile } from './s3-buckets.ts';
import { s3Suite } from './s3-suite.ts';

const queries = new URL('../tpch/queries/', import.meta.url);
const names = readdirSync(queries).filter((name) => /^q\d\d\.sql$/.test(name));
const shapes = [
  { shape: 'default', set: [], shuffles: false },
  { shape: 'fanout=4', set: ['fanout=4'], shuffles: true },
  { shape: 'fanout=4 broadcast_limit=0', set: ['fanout=4', 'broadcast_limit=0'], shuffles: true },
];

await s3Suite('TPC-H in S3', suite);

async function suite(server: S3Server): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'volley-tpch-s3-')));
  const buckets = await openBuckets(server);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  after(async () => {
    buckets.close();
    connection.closeSync();
    instance.closeSync();
    rmSync(root, { recursive: true, force: true });
  });
  const data = join(root, 'data');
  await generateTpch({ scale: 0.01, directory: data, rowGroupSize: 4096 });
  for (const file of readdirSync(data)) {
    await putFile(buckets.inputs, `tpch/${file}`, join(data, file));
    await connection.run(`CREATE VIEW ${file.replace('.parquet', '')} AS FROM read_parquet('${data}/${file}')`);
  }

  for (const { shape, set, shuffles } of shapes) {
    test(`TPC-H with inputs and shuffles in S3 equals plain DuckDB: ${shape}`, async (t) => {
      const session = await openS3Session(buckets, { data: ['s3://inputs/tpch'], set }, join(root, 'state'));
      const before = await requests(server, 'jobs', 's3_PutObject');
      try {
        assert.equal(names.length, 22);
        for (const name of names) {
          await t.test(name, async () => {
            const sql = readFileSync(new URL(name, queries), 'utf8');
            const result = await session.run(sql, { resultFormat: 'arrow', explain: false });
            assert.ok(result.kind === 'rows');
            const answer = await answerOf(result.result);
            await result.release();
            assertSameAnswer(answer, await plainAnswer(connection, sql));
          });
        }
      } finally {
        await session.close();
      }
      const written = (await requests(server, 'jobs', 's3_PutObject')) - before;
      if (shuffles) assert.ok(written > names.length * 4, `${written} objects were written to S3`);
      await assertNothingLeft(buckets);
    });
  }
}

/** How many requests of a kind to a bucket are in the server's log. */
async function requests(server: S3Server, bucket: string, kind: string): Promise<number> {
  const lines = await server.accessLog();
  return lines.filter((line) => line.includes(` ${bucket} `) && line.includes(kind)).length;
}
