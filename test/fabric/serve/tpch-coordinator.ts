import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { answerOfJob, type VolleyServe } from '../../../scripts/servers/volley-serve.ts';
import { generateTpch } from '../../../scripts/tpch/generate.ts';
import { assertSameAnswer } from '../../tpch/compare.ts';
import { openJudge, tpchQueries } from '../../tpch/judge.ts';

/** Settings that make all joins shuffle joins, with three tasks per stage. */
const SHUFFLES = { fanout: '3', broadcast_limit: '0' };

/** Generates tables with several row groups each, so that every query has several tasks. The tables are removed when the test ends. */
export async function makeTpch(t: TestContext): Promise<string> {
  const data = await realpath(await mkdtemp(join(tmpdir(), 'volley-tpch-')));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  await generateTpch({ scale: 0.01, directory: data, rowGroupSize: 2048 });
  return data;
}

/** Runs all 22 queries through a coordinator in separate tests, and compares their rows with plain DuckDB. */
export async function assertTpch(t: TestContext, coordinator: VolleyServe, data: string): Promise<void> {
  const judge = await openJudge(data);
  for (const { name, sql } of tpchQueries) {
    await t.test(`${name} returns the same rows as plain DuckDB`, async () => {
      const job = await coordinator.run(sql, SHUFFLES);
      assert.ok(job.tasks > 1, 'the query has several tasks');
      assertSameAnswer(answerOfJob(job), await judge.answer(sql));
      await coordinator.forget(job.id);
    });
  }
  judge.close();
}
