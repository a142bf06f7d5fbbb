import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { startCluster } from '../../../scripts/chaos/cluster.ts';
import { FAULTS } from '../../../scripts/chaos/faults.ts';
import { leftOf } from '../../../scripts/chaos/judge.ts';
import { loadQueries, makeData } from '../../../scripts/chaos/queries.ts';
import { tellRun } from '../../../scripts/chaos/report.ts';
import { type CalmRun, runCalmly, runOnce, untilSwept } from '../../../scripts/chaos/run.ts';
import { whyNoEtcd } from '../etcd/fixture.ts';
import { whyNoS3 } from '../s3/suite.ts';

/** The time limit of a job, which is also the maximum wait for late writers in this file. */
const TIMEOUT_SECONDS = 25;
/** A fixed seed makes every test run use the same moment and query for each fault. `npm run chaos` uses other seeds. */
const seed = Number(process.env['VOLLEY_SEED'] ?? 4);

const faults = FAULTS.filter(({ inContainers, isForScripts }) => inContainers !== true && isForScripts !== true);

const missing = whyNoEtcd() ?? (await whyNoS3());

describe(`a cluster under faults (VOLLEY_SEED=${seed})`, { skip: missing ?? false, timeout: 180_000 }, () => {
  test('ends each job with its expected rows or exactly one clear error, and leaves no objects', async (t) => {
    const data = await makeData();
    after(() => rmSync(data, { recursive: true, force: true }));
    const queries = await loadQueries(data);
    const cluster = await startCluster({ data, executors: 2, coordinators: 2 });
    after(async () => {
      await cluster.close();
      // Node 20 can hang in its own cleanup after the last test (`Environment::CleanupHandles`). Exiting immediately skips the cleanup.
      process.on('exit', () => process.exit());
    });
    const calm = new Map<string, CalmRun>();
    for (const query of queries) calm.set(query.name, await runCalmly(cluster, query, TIMEOUT_SECONDS));

    const sweeps: Promise<readonly string[]>[] = [];
    for (const [at, fault] of faults.entries()) {
      await t.test(fault.name, async (each) => {
        const run = await runOnce({
          cluster,
          fault,
          queries,
          seed: seed + at,
          timeoutSeconds: TIMEOUT_SECONDS,
          calm,
        });
        each.diagnostic(tellRun(run));
        sweeps.push(untilSwept(cluster, run));
        assert.deepEqual(run.wrong, []);
      });
    }
    await t.test('leaves no objects once no attempt can write any more', async () => {
      assert.deepEqual((await Promise.all(sweeps)).flat(), []);
      assert.deepEqual(await leftOf(cluster), []);
    });
  });
});
