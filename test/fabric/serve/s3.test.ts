import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { coordinatorRights, executorRights } from '../../../localstack/rights.ts';
import { type S3Server, startVersitygw } from '../../../scripts/servers/versitygw.ts';
import { until } from '../../end-to-end/volley-process.ts';
import { whyNoEtcd } from '../etcd/fixture.ts';
import { environmentOf, openBuckets, putFile } from '../s3/buckets.ts';
import { all } from '../s3/source.ts';
import { Cluster, type ClusterPlace } from './fixture.ts';
import { assertNothingTwice, ROWS, resultOf, SLOW, settings, untilMidway } from './slow-job.ts';

const parts = { data: { bucket: 'inputs', prefix: 'data' }, store: { bucket: 'jobs', prefix: '' } };

/** Returns the environment variables of a coordinator and of an executor, each with the minimal permissions. */
async function environments(server: S3Server): Promise<Pick<ClusterPlace, 'environment' | 'executorEnvironment'>> {
  const [coordinator, executor] = await Promise.all([server.addUser('coordinator'), server.addUser('executor')]);
  const { endpoint, region, credentials } = server;
  const root = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const toAll = [
    ...coordinatorRights(parts).map((right) => ({ ...right, Principal: { AWS: [coordinator.accessKeyId] } })),
    ...executorRights(parts).map((right) => ({ ...right, Principal: { AWS: [executor.accessKeyId] } })),
  ];
  for (const { bucket } of Object.values(parts)) {
    const ofBucket = toAll.filter(({ Resource }) => new RegExp(`:${bucket}(/|$)`).test(Resource));
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: ofBucket });
    await root.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy }));
  }
  root.destroy();
  return {
    environment: environmentOf(server, coordinator),
    executorEnvironment: environmentOf(server, executor),
  };
}

describe('coordinators with inputs and shuffles in S3', { skip: whyNoEtcd() ?? false, timeout: 120_000 }, () => {
  test('finish the job of a killed coordinator with minimal permissions, and leave no objects after its deletion', async (t) => {
    const server = await startVersitygw();
    t.after(() => server.close());
    const buckets = await openBuckets(server);
    t.after(() => buckets.close());
    const { inputs, jobs } = buckets;
    const place: ClusterPlace = {
      store: jobs,
      storeLocation: 's3://jobs',
      dataLocation: 's3://inputs/data',
      putData: (name, path) => putFile(inputs, `data/${name}`, path),
      ...(await environments(server)),
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
