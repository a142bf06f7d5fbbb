import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startVersitygw } from '../../scripts/servers/versitygw.ts';
import { until } from '../end-to-end/volley-process.ts';
import { whyNoEtcd } from './etcd-fixture.ts';
import { openBuckets, putFile } from './s3-buckets.ts';
import { all } from './s3-place.ts';
import { Cluster, type ClusterPlace } from './serve-fixture.ts';
import { assertNothingTwice, ROWS, resultOf, SLOW, settings, untilMidway } from './slow-job.ts';

describe('coordinators with inputs and shuffles in S3', { skip: whyNoEtcd() ?? false, timeout: 120_000 }, () => {
  test('finish a job whose coordinator was killed, and leave nothing of it once it is deleted', async (t) => {
    const server = await startVersitygw();
    t.after(() => server.close());
    const buckets = await openBuckets(server);
    t.after(() => buckets.close());
    const { inputs, jobs, environment } = buckets;
    const place: ClusterPlace = {
      store: jobs,
      storeLocation: 's3://jobs',
      dataLocation: 's3://inputs/data',
      putData: (name, path) => putFile(inputs, `data/${name}`, path),
      environment,
    };
    const cluster = await Cluster.start(t, place);
    const [a, b] = await Promise.all([cluster.serve('a'), cluster.serve('b')]);
    const { id } = await a.submit(SLOW, { settings: { ...settings, timeout: '60s' } });
    await untilMidway(cluster, id);
    a.signal('SIGKILL');
    assert.equal(await resultOf(b, id), ROWS);
    assertNothingTwice(await cluster.records(id));
    assert.equal((await b.ask('DELETE', `/v1/jobs/${id}`)).status, 204);
    await until('nothing is left', async () => {
      const left = [...(await all(jobs.list(''))), ...(await all(jobs.listUploads('')))];
      return left.length === 0 ? true : undefined;
    });
  });
});
