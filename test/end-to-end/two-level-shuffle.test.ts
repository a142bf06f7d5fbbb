import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadConfig } from '../../functions/config/config.ts';
import type { EmbeddedSession } from '../../functions/embedded/session.ts';
import { generateTpch } from '../../scripts/tpch/generate.ts';
import { DEAR_READS } from '../coordinator/planner/plans.ts';
import { type Judge, openJudge, runJudged, tpchQueries } from '../tpch/judge.ts';

// Tests the built program. The executors and the binder run from the bundles in dist/.
const { openEmbedded }: typeof import('../../functions/embedded/session.ts') = await import(
  new URL('../../dist/session.js', import.meta.url).href
);

const folder = mkdtempSync(join(tmpdir(), 'volley-two-levels-'));
const data = join(folder, 'data');
let session: EmbeddedSession;
let judge: Judge;

before(async () => {
  await generateTpch({ scale: 0.02, directory: data, rowGroupSize: 2048 });
  judge = await openJudge(data);
  const config = loadConfig({ data: [data], set: ['fanout=8', 'broadcast_limit=0'] }, { VOLLEY_STATE_DIR: folder });
  session = await openEmbedded(config, DEAR_READS);
});

after(async () => {
  await session.close();
  judge.close();
  rmSync(folder, { recursive: true });
});

test('TPC-H queries with two-level shuffles return the same rows as plain DuckDB', async (t) => {
  let combined = 0;
  for (const { name, sql } of tpchQueries) {
    await t.test(name, async () => {
      const explained = await session.run(sql, { resultFormat: 'arrow', explain: true });
      assert.ok(explained.kind === 'text');
      if (/partitions \(each task combines 1 of/.test(explained.text)) combined += 1;
      // Half of the queries compress their batches. Combining tasks must copy them without decoding.
      const codec = Number(name.slice(1, 3)) % 2 === 0 ? 'lz4' : 'none';
      await runJudged(session, judge, sql, `SET shuffle_compression = '${codec}';`);
    });
  }
  assert.ok(combined >= 15, `${combined} queries had combining stages`);
});
