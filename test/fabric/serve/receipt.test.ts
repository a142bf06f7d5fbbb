import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { systemClock } from '../../../coordinator/clock.ts';
import { resultOfParts } from '../../../coordinator/front/result/stored-result.ts';
import { createLocalInvoker } from '../../../coordinator/invoke/local.ts';
import { type EndedJob, runJob } from '../../../coordinator/jobs/run-job.ts';
import { addCounts, type RequestCounts } from '../../../engine/store/request-counts.ts';
import { connectS3 } from '../../../engine/store/s3/connection.ts';
import { createS3Store } from '../../../engine/store/s3/s3-store.ts';
import type { JobId } from '../../../engine/task/task.ts';
import type { S3Server } from '../../../scripts/servers/versitygw.ts';
import { numbersGraph, rowCount } from '../../coordinator/jobs/numbers-graph.ts';
import { MemoryJournal } from '../../coordinator/journal/memory-journal.ts';
import { settings } from '../../coordinator/scheduler/graph.ts';
import { writeParquet } from '../../engine/execute/fixture.ts';
import { EXECUTOR_MEMORY_MIB, executorEntry } from '../executors/open-invokers.ts';
import { BUCKET } from '../s3/source.ts';
import { s3Suite } from '../s3/suite.ts';

await s3Suite('the receipt of a job', suite);

/** The name of each kind of request in the server's log. */
const OPERATIONS = {
  get: 'GetObject',
  head: 'HeadObject',
  put: 'PutObject',
  list: 'ListObjectsV2',
  delete: 'DeleteObjects',
  'create-multipart': 'CreateMultipartUpload',
  'upload-part': 'UploadPart',
  'complete-multipart': 'CompleteMultipartUpload',
  'abort-multipart': 'AbortMultipartUpload',
  'list-multipart': 'ListMultipartUploads',
} as const;

function seenIn(log: readonly string[]): RequestCounts['requests'] {
  const count = (operation: string) => log.filter((line) => line.includes(` s3_${operation} `)).length;
  const { get, head, put, list } = OPERATIONS;
  return {
    get: count(get),
    head: count(head),
    put: count(put),
    list: count(list),
    delete: count(OPERATIONS.delete),
    'create-multipart': count(OPERATIONS['create-multipart']),
    'upload-part': count(OPERATIONS['upload-part']),
    'complete-multipart': count(OPERATIONS['complete-multipart']),
    'abort-multipart': count(OPERATIONS['abort-multipart']),
    'list-multipart': count(OPERATIONS['list-multipart']),
  };
}

async function suite(server: S3Server): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'volley-receipt-'));
  const { endpoint, region, credentials } = server;
  const connection = connectS3({ endpoint, region, credentials });
  const invoker = createLocalInvoker({
    executorEntry,
    count: 2,
    memoryMiB: EXECUTOR_MEMORY_MIB,
    storeRoot: `s3://${BUCKET}/jobs-of-volley`,
    scratchRoot: root,
    inputRoots: [`s3://${BUCKET}/data`],
    environment: {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: region,
      VOLLEY_S3_ENDPOINT: endpoint,
    },
  });
  after(async () => {
    await invoker.close();
    connection.close();
    await rm(root, { recursive: true, force: true });
  });
  await server.makeBucket(BUCKET);
  const local = join(root, 'numbers.parquet');
  writeParquet(local, `SELECT range AS i FROM range(${rowCount})`);
  const data = createS3Store(connection, BUCKET, 'data');
  const identity = await data.put('numbers.parquet', [await readFile(local)]);
  const context = { invoker, clock: systemClock, random: Math.random };

  /** Runs a job. Returns the ended job, its number of result rows, and the server's log of its requests. */
  const runAndRead = async (name: string, version: string) => {
    const before = (await server.accessLog()).length;
    const location = `s3://${BUCKET}/data/numbers.parquet`;
    const graph = numbersGraph({ location, identity: { ...identity, version } });
    const ended: EndedJob = await runJob({
      job: name as JobId,
      graph,
      settings: { ...settings, taskMemoryMiB: EXECUTOR_MEMORY_MIB, inlineLimitBytes: 1000 },
      journal: new MemoryJournal(),
      store: createS3Store(connection, BUCKET, 'jobs-of-volley'),
      ...context,
    });
    let rows = 0;
    const result = resultOfParts(ended.result, graph.columns, graph.timeZone, ended.store);
    for await (const { batch } of result.batches) rows += batch.rows;
    await ended.release();
    const log = (await server.accessLog()).slice(before);
    return { ended, rows, log };
  };

  test("a job's receipt counts exactly the requests in the server's log, by kind", async () => {
    const { ended, rows, log } = await runAndRead('whole', identity.version);
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.equal(rows, rowCount - 100);
    const { inputs, job } = ended.requests();
    const ofInputs = log.filter((line) => line.includes('numbers.parquet'));
    assert.deepEqual(inputs.requests, seenIn(ofInputs), 'inputs');
    assert.deepEqual(addCounts(inputs, job).requests, seenIn(log), 'all');
    // The stages have four, three and one tasks, each of which writes one object. The coordinator writes one index. Every stage except the
    // first reads the previous stage.
    assert.equal(job.requests.put, 4 + 1 + 3 + 1);
    assert.ok(job.requests.get >= 3 * 4 + 3, `${job.requests.get} reads`);
    assert.ok(job.requests.list > 0 && job.requests.delete > 0, 'the coordinator deleted the objects');
    const stored = ended.state.stages.flatMap(({ tasks }) =>
      tasks.map((task) => (task.kind === 'succeeded' ? task.statistics.bytesWritten : 0)),
    );
    assert.ok(job.writtenBytes >= stored.reduce((sum, bytes) => sum + bytes, 0));
  });

  test('the receipt of a failed job includes the requests of its failed tasks', async () => {
    const { ended, log } = await runAndRead('changed', '"another"');
    assert.ok(ended.state.end?.kind === 'failed', JSON.stringify(ended.state.end));
    assert.equal(ended.state.end.error.code, 'INPUT_CHANGED');
    const told = ended.requests().inputs.requests.get;
    // Tasks that were aborted after the first failure report no requests.
    assert.ok(told > 0 && told <= seenIn(log).get, `${told} of ${seenIn(log).get}`);
  });
}
