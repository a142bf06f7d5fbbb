import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { S3Server } from '../../../scripts/servers/versitygw.ts';
import { generateTpch } from '../../../scripts/tpch/generate.ts';
import { openJudge, runJudged, tpchQueries } from '../../tpch/judge.ts';
import { assertNothingLeft, openBuckets, openS3Session, putFile } from './buckets.ts';
import { s3Suite } from './suite.ts';

const shapes = [
  { shape: 'default settings', set: [], shuffles: false },
  { shape: 'fanout=4', set: ['fanout=4'], shuffles: true },
  { shape: 'fanout=4 broadcast_limit=0', set: ['fanout=4', 'broadcast_limit=0'], shuffles: true },
];

await s3Suite('TPC-H in S3', suite);

async function suite(server: S3Server): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'volley-tpch-s3-')));
  const data = join(root, 'data');
  await generateTpch({ scale: 0.01, directory: data, rowGroupSize: 4096 });
  const buckets = await openBuckets(server);
  const judge = await openJudge(data);
  after(() => {
    buckets.close();
    judge.close();
    rmSync(root, { recursive: true, force: true });
  });
  for (const file of readdirSync(data)) {
    await putFile(buckets.inputs, `tpch/${file}`, join(data, file));
  }

  for (const { shape, set, shuffles } of shapes) {
    test(`TPC-H queries with inputs and shuffles in S3 return the same rows as plain DuckDB (${shape})`, async (t) => {
      const session = await openS3Session(buckets, { data: ['s3://inputs/tpch'], set }, join(root, 'state'));
      const before = await requests(server, 'jobs', 's3_PutObject');
      try {
        for (const { name, sql } of tpchQueries) {
          await t.test(name, async () => {
            await runJudged(session, judge, sql);
          });
        }
      } finally {
        await session.close();
      }
      const written = (await requests(server, 'jobs', 's3_PutObject')) - before;
      if (shuffles) assert.ok(written > tpchQueries.length * 4, `${written} objects were written to S3`);
      await assertNothingLeft(buckets);
    });
  }
}

/** Counts the requests of one kind to a bucket in the server's log. */
async function requests(server: S3Server, bucket: string, kind: string): Promise<number> {
  const lines = await server.accessLog();
  return lines.filter((line) => line.includes(` ${bucket} `) && line.includes(kind)).length;
}
