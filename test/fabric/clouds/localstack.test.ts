import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAccount } from '../../../scripts/localstack/account.ts';
import { openAccountCluster } from '../../../scripts/localstack/cluster.ts';
import { assertTpch, makeTpch } from '../serve/tpch-coordinator.ts';

const opened = await openAccount().catch((error: Error) => error.message);
const name = 'TPC-H queries with inputs and shuffles in S3, executor images as Lambda functions, and a journal in etcd';
if (typeof opened === 'string') test(name, { skip: opened });
else {
  test(name, async (t) => {
    t.after(() => opened.close());
    const data = await makeTpch(t);
    const cluster = await openAccountCluster(opened, { data, concurrency: 3, say: (text) => t.diagnostic(text) });
    try {
      await assertTpch(t, cluster.coordinator, data);
    } finally {
      assert.equal(await cluster.close(), 0, 'no objects are left in the bucket');
    }
  });
}
