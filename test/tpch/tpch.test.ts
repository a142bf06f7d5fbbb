import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { loadConfig } from '../../functions/config.ts';
import { officialTpch } from '../../scripts/tpch/official.ts';
import { answerOf, assertSameAnswer, plainAnswer } from './compare.ts';

// What is judged is what is built: executors and planner are the bundles of dist/.
const { openEmbedded }: typeof import('../../functions/embedded.ts') = await import(
  new URL('../../dist/embedded.js', import.meta.url).href
);

const queries = new URL('./queries/', import.meta.url);
const names = readdirSync(queries).filter((name) => /^q\d\d\.sql$/.test(name));

const shapes = [
  { shape: 'default', set: [], isForced: false },
  { shape: 'fanout=4', set: ['fanout=4'], isForced: true },
  { shape: 'fanout=4 broadcast_limit=0', set: ['fanout=4', 'broadcast_limit=0'], isForced: true },
];

let directory = '';
let missing: string | false = false;
try {
  directory = officialTpch(1);
} catch (error) {
  missing = `the generator of official TPC-H data cannot be had: ${error instanceof Error ? error.message : error}`;
}

for (const { shape, set, isForced } of shapes) {
  test(`TPC-H at scale 1 equals plain DuckDB: ${shape}`, { skip: missing }, async (t) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    for (const file of readdirSync(directory)) {
      await connection.run(`CREATE VIEW ${file.replace('.parquet', '')} AS FROM read_parquet('${directory}/${file}')`);
    }
    const session = await openEmbedded(loadConfig({ data: [directory], set }, {}));
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
          if (isForced) assert.ok((result.figures?.tasksTotal ?? 0) > 4, 'the query ran in one task');
        });
      }
    } finally {
      await session.close();
      connection.closeSync();
      instance.closeSync();
    }
  });
}
