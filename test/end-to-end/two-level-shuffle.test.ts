import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { loadConfig } from '../../functions/config.ts';
import type { EmbeddedSession } from '../../functions/embedded.ts';
import { generateTpch } from '../../scripts/tpch/generate.ts';
import { DEAR_READS } from '../planner/plans.ts';
import { answerOf, assertSameAnswer, plainAnswer } from '../tpch/compare.ts';

// What is judged is what is built: executors and planner are the bundles of dist/.
const { openEmbedded }: typeof import('../../functions/embedded.ts') = await import(
  new URL('../../dist/embedded.js', import.meta.url).href
);

const queries = new URL('../tpch/queries/', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'volley-two-levels-'));
const data = join(folder, 'data');
let session: EmbeddedSession;
let instance: DuckDBInstance;

before(async () => {
  await generateTpch({ scale: 0.02, directory: data, rowGroupSize: 2048 });
  instance = await DuckDBInstance.create(':memory:');
  const config = loadConfig({ data: [data], set: ['fanout=8', 'broadcast_limit=0'] }, { VOLLEY_STATE_DIR: folder });
  session = await openEmbedded(config, DEAR_READS);
});

after(async () => {
  await session.close();
  instance.closeSync();
  rmSync(folder, { recursive: true });
});

test('TPC-H gives the rows of plain DuckDB where combining tasks stand between producers and readers', async (t) => {
  const connection = await instance.connect();
  for (const file of readdirSync(data)) {
    await connection.run(`CREATE VIEW ${file.replace('.parquet', '')} AS FROM read_parquet('${data}/${file}')`);
  }
  let combined = 0;
  for (const name of readdirSync(queries).filter((file) => /^q\d\d\.sql$/.test(file))) {
    await t.test(name, async () => {
      const sql = readFileSync(new URL(name, queries), 'utf8');
      const explained = await session.run(sql, { resultFormat: 'arrow', explain: true });
      assert.ok(explained.kind === 'text');
      if (/partitions, combined each from 1 of/.test(explained.text)) combined += 1;
      // Combining tasks do not look into the batches: half of the queries have them compressed.
      const codec = Number(name.slice(1, 3)) % 2 === 0 ? 'lz4' : 'none';
      const script = `SET shuffle_compression = '${codec}'; ${sql}`;
      const result = await session.run(script, { resultFormat: 'arrow', explain: false });
      assert.ok(result.kind === 'rows');
      const answer = await answerOf(result.result);
      await result.release();
      assertSameAnswer(answer, await plainAnswer(connection, sql));
    });
  }
  assert.ok(combined >= 15, `${combined} queries had combining stages`);
  connection.closeSync();
});
