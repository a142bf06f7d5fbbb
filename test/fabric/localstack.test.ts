import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { openAccount } from '../../scripts/localstack/account.ts';
import { openAccountCluster } from '../../scripts/localstack/cluster.ts';
import { answerOfJob } from '../../scripts/servers/volley-serve.ts';
import { generateTpch } from '../../scripts/tpch/generate.ts';
import { assertSameAnswer, plainAnswer } from '../tpch/compare.ts';

const queries = new URL('../tpch/queries/', import.meta.url);
const names = readdirSync(queries).filter((name) => /^q\d\d\.sql$/.test(name));

const opened = await openAccount().catch((error: Error) => error.message);
const name = 'TPC-H with inputs and shuffles in S3, functions of the image behind the Lambda API, and jobs in etcd';
if (typeof opened === 'string') test(name, { skip: opened });
else {
  test(name, async (t) => {
    const data = await mkdtemp(join(tmpdir(), 'volley-localstack-'));
    await generateTpch({ scale: 0.01, directory: data, rowGroupSize: 2048 });
    const judge = await (await DuckDBInstance.create(':memory:')).connect();
    for (const file of readdirSync(data)) {
      await judge.run(`CREATE VIEW ${file.replace('.parquet', '')} AS FROM read_parquet('${data}/${file}')`);
    }
    const cluster = await openAccountCluster(opened, { data, concurrency: 3, say: (text) => t.diagnostic(text) });
    try {
      assert.equal(names.length, 22);
      for (const file of names) {
        await t.test(`${file.replace('.sql', '')} gives what plain DuckDB gives`, async () => {
          const sql = readFileSync(new URL(file, queries), 'utf8');
          const job = await cluster.coordinator.run(sql, { fanout: '3', broadcast_limit: '0' });
          assert.ok(job.tasks > 1);
          assertSameAnswer(answerOfJob(job), await plainAnswer(judge, sql));
          await cluster.coordinator.forget(job.id);
        });
      }
    } finally {
      const left = await cluster.close();
      await opened.close();
      rmSync(data, { recursive: true, force: true });
      assert.equal(left, 0, 'objects are left in the bucket');
    }
  });
}
