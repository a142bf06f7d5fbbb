import assert from 'node:assert/strict';
import test from 'node:test';
import { loadConfig } from '../../functions/config/config.ts';
import { officialTpch } from '../../scripts/tpch/official.ts';
import { openJudge, runJudged, tpchQueries } from './judge.ts';

// Tests the built program. The executors and the binder run from the bundles in dist/.
const { openEmbedded }: typeof import('../../functions/embedded/session.ts') = await import(
  new URL('../../dist/session.js', import.meta.url).href
);

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
  missing = `the generator of official TPC-H data is not available: ${error instanceof Error ? error.message : error}`;
}

for (const { shape, set, isForced } of shapes) {
  test(`TPC-H at scale 1 returns the same rows as plain DuckDB: ${shape}`, { skip: missing }, async (t) => {
    const judge = await openJudge(directory);
    const session = await openEmbedded(loadConfig({ data: [directory], set }, {}));
    try {
      for (const { name, sql } of tpchQueries) {
        await t.test(name, async () => {
          const result = await runJudged(session, judge, sql);
          if (isForced) assert.ok((result.figures?.tasksTotal ?? 0) > 4, 'the query ran in one task');
        });
      }
    } finally {
      await session.close();
      judge.close();
    }
  });
}
