import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createCatalog } from '../../../coordinator/catalog/discover.ts';
import { systemClock } from '../../../coordinator/clock.ts';
import { resultOfParts } from '../../../coordinator/front/result/stored-result.ts';
import { runJob } from '../../../coordinator/jobs/run-job.ts';
import { openFileJournal } from '../../../coordinator/journal/file.ts';
import type { StageGraph } from '../../../engine/plan/stage.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { generateTpch } from '../../../scripts/tpch/generate.ts';
import { settings } from '../../coordinator/scheduler/graph.ts';
import { answerOf, assertSameAnswer } from '../../tpch/compare.ts';
import { openJudge, tpchQueries } from '../../tpch/judge.ts';
import { planStatements } from '../plan-statements.ts';
import { EXECUTOR_MEMORY_MIB, type OpenExecutors, openHttp, openLambda, openLocal } from './open-invokers.ts';

const kinds: readonly (readonly [string, (allow: readonly string[]) => Promise<OpenExecutors>])[] = [
  ['local', openLocal],
  ['lambda', openLambda],
  ['http', openHttp],
];

let root = '';
let data = '';

before(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'volley-tpch-')));
  data = join(root, 'data');
  await generateTpch({ scale: 0.01, directory: data, rowGroupSize: 4096 });
});
after(() => rm(root, { recursive: true, force: true }));

/** Plans the queries with four tasks per stage and shuffles for all joins. */
async function planQueries(): Promise<ReadonlyMap<string, StageGraph>> {
  const catalog = await createCatalog({ data: [data], tables: [], workingFolder: root });
  const statements = tpchQueries.map(({ name, sql }) => [name, sql] as const);
  const scratchFolder = join(root, 'binder');
  return planStatements({ catalog, scratchFolder, tasks: 4, memoryMiB: EXECUTOR_MEMORY_MIB }, statements);
}

for (const [kind, open] of kinds) {
  describe(`TPC-H queries through the ${kind} invoker`, () => {
    test('return the same rows as plain DuckDB and leave no objects', async (t) => {
      const judge = await openJudge(data);
      const at = await open([data]);
      const store = createFileStore(at.store);
      const records = join(root, `journal-${kind}`);
      await mkdir(records);
      const journal = openFileJournal(records);
      const context = { journal, store, invoker: at.invoker, clock: systemClock, random: Math.random };
      const graphs = await planQueries();
      for (const { name, sql } of tpchQueries) {
        await t.test(name, async () => {
          const graph = graphs.get(name);
          assert.ok(graph !== undefined);
          const job = `${kind}-${name}` as JobId;
          const memory = { memoryMiB: EXECUTOR_MEMORY_MIB };
          const ended = await runJob({ job, graph, settings: { ...settings, ...memory }, ...context });
          assert.deepEqual(ended.state.end, { kind: 'succeeded' });
          const answer = await answerOf(resultOfParts(ended.result, graph.columns, graph.timeZone, store));
          assertSameAnswer(answer, await judge.answer(sql));
          await ended.release();
          for await (const { key } of store.list('')) assert.fail(`${key} is left`);
        });
      }
      await journal.close();
      await at.close();
      judge.close();
    });
  });
}
