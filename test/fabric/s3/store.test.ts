import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { deleteJobObjects } from '../../../coordinator/jobs/delete-objects.ts';
import { isBucketMissing } from '../../../engine/store/object-store.ts';
import { connectS3, type S3Options } from '../../../engine/store/s3/connection.ts';
import { createS3Store } from '../../../engine/store/s3/s3-store.ts';
import type { JobId } from '../../../engine/task/task.ts';
import type { S3Server } from '../../../scripts/servers/versitygw.ts';
import { storeConformance } from '../../engine/store/conformance.ts';
import { all, BUCKET, openPlace, pattern } from './source.ts';
import { s3Suite } from './suite.ts';

const MiB = 1 << 20;
const SMALL_PARTS: S3Options = { partBytes: 5 * MiB };
const text = (content: string) => [new TextEncoder().encode(content)];

await s3Suite('S3 store', suite);

async function suite(server: S3Server): Promise<void> {
  await server.makeBucket(BUCKET);

  storeConformance('S3 store', async () => {
    const { store, connection } = openPlace(server);
    return { store, close: async () => connection.close() };
  });

  const check = (behaviour: string, run: (place: ReturnType<typeof openPlace>, context: TestContext) => unknown) =>
    test(`S3 store: ${behaviour}`, async (context) => {
      const place = openPlace(server, SMALL_PARTS);
      context.after(() => place.connection.close());
      await run(place, context);
    });

  test("S3 store: rejects requests to a missing bucket, but deleting a job's objects succeeds", async (context) => {
    const { endpoint, region, credentials } = server;
    const connection = connectS3({ endpoint, region, credentials });
    context.after(() => connection.close());
    const store = createS3Store(connection, 'no-such-bucket');
    await assert.rejects(all(store.list('jobs/')), (error) => isBucketMissing(error));
    await assert.rejects(all(store.listUploads('jobs/')), (error) => isBucketMissing(error));
    await assert.rejects(store.delete(['jobs/a']), (error) => isBucketMissing(error));
    await deleteJobObjects(store, { job: 'job' as JobId, graph: {} }, []);
  });

  check('uploads objects larger than a part in parts and reads the same bytes back', async ({ store }) => {
    const bytes = pattern(11 * MiB + 17);
    async function* parts() {
      for (let at = 0; at < bytes.length; at += 700_001) yield bytes.subarray(at, at + 700_001);
    }
    const identity = await store.put('large', parts());
    assert.deepEqual(await store.head('large'), identity);
    const read = await store.get('large', { start: 0, end: bytes.length }, identity);
    assert.ok(Buffer.from(read.buffer).equals(bytes), 'all bytes, in a buffer of their own');
    assert.equal(store.counts().requests['upload-part'], 3);
    assert.deepEqual(await all(store.listUploads('')), []);
  });

  check('writes an object of exactly one part with one request', async ({ store }) => {
    await store.put('k', [pattern(5 * MiB)]);
    assert.equal(store.counts().requests.put, 1);
    assert.equal(store.counts().requests['create-multipart'], 0);
  });

  check('rejects a large object if its key already exists, and leaves no upload behind', async ({ store }) => {
    await store.put('k', text('first'));
    await assert.rejects(store.put('k', [pattern(6 * MiB)]), { code: 'OBJECT_EXISTS' });
    assert.equal((await store.head('k'))?.sizeBytes, 5);
    assert.deepEqual(await all(store.listUploads('')), []);
  });

  check('leaves no upload behind if the source of a large object fails', async ({ store }) => {
    const failure = new Error('no more parts');
    async function* parts() {
      yield pattern(6 * MiB);
      assert.deepEqual(await all(store.list('')), []);
      throw failure;
    }
    await assert.rejects(store.put('k', parts()), failure);
    await assert.rejects(store.upload('k', parts()), failure);
    assert.deepEqual(await all(store.listUploads('')), []);
  });

  check('hides an upload until it is committed, which any process may do more than once', async ({ store, prefix }) => {
    const bytes = pattern(6 * MiB);
    const upload = await store.upload('out/1', [bytes]);
    assert.equal(await store.head('out/1'), undefined);
    const [listed] = await all(store.listUploads('out/'));
    assert.deepEqual([listed?.key, listed?.uploadId], ['out/1', upload.uploadId]);
    const connection = connectS3({ ...server });
    const other = createS3Store(connection, BUCKET, prefix);
    const identity = await other.commit(JSON.parse(JSON.stringify(upload)));
    assert.equal(identity.sizeBytes, bytes.length);
    assert.deepEqual(await other.commit(upload), identity);
    assert.deepEqual(await store.commit(upload), identity);
    assert.deepEqual(await store.head('out/1'), identity);
    assert.deepEqual(await all(store.listUploads('')), []);
    connection.close();
  });

  check('commits an empty upload', async ({ store }) => {
    assert.equal((await store.commit(await store.upload('empty', []))).sizeBytes, 0);
  });

  check('commits only one of two uploads with the same key', async ({ store }) => {
    const uploads = await Promise.all([store.upload('k', text('one')), store.upload('k', text('two'))]);
    const identity = await store.commit(uploads[0]);
    await assert.rejects(store.commit(uploads[1]), { code: 'OBJECT_EXISTS' });
    await store.abort(uploads[1]);
    assert.deepEqual(await store.head('k'), identity);
  });

  check('rejects the commit of an aborted upload, which can be aborted again', async ({ store }) => {
    const upload = await store.upload('k', text('x'));
    await store.abort(upload);
    await store.abort(upload);
    await assert.rejects(store.commit(upload), { code: 'OBJECT_NOT_FOUND' });
    assert.deepEqual(await all(store.listUploads('')), []);
  });

  check('lists and deletes more keys than fit into one page or one request', async ({ store }) => {
    const keys = Array.from({ length: 1_103 }, (_, index) => `many/${String(index).padStart(5, '0')}`);
    await Promise.all(keys.map((key) => store.put(key, [])));
    const counts = () => store.counts().requests;
    assert.deepEqual(
      (await all(store.list('many/'))).map(({ key }) => key),
      keys,
    );
    assert.equal(counts().list, 2);
    await store.delete([...keys, 'many/none']);
    assert.equal(counts().delete, 2);
    assert.deepEqual(await all(store.list('')), []);
  });

  check('lists only objects under its prefix, without folder markers', async ({ store, connection, prefix }) => {
    const whole = createS3Store(connection, BUCKET);
    await store.put('inside', text('1'));
    await whole.put(`${prefix}-not/outside`, text('2'));
    await connection.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: `${prefix}/folder/` }));
    assert.deepEqual(
      (await all(store.list(''))).map(({ key }) => key),
      ['inside'],
    );
    assert.deepEqual(
      (await all(whole.list(prefix))).map(({ key }) => key),
      [`${prefix}-not/outside`, `${prefix}/inside`],
    );
  });

  check("counts the same requests as the server's log", async ({ store, prefix }) => {
    await store.put('a', text('0123456789'));
    await store.put('b', [pattern(6 * MiB)]);
    for (const start of [0, 2, 4]) await store.get('a', { start, end: start + 3 });
    await assert.rejects(store.get('none', { start: 0, end: 1 }));
    await store.head('a');
    await store.abort(await store.upload('c', text('x')));
    await all(store.list(''));
    await all(store.listUploads(''));
    await store.delete(['a', 'b']);
    const counts = store.counts();
    const named = (prefix: string) => (line: string) => line.includes(encodeURIComponent(prefix));
    const logged = (await server.accessLog()).filter(named(prefix));
    const seen = (operation: string) => logged.filter((line) => line.includes(` s3_${operation} `)).length;
    const expected = {
      get: seen('GetObject'),
      head: seen('HeadObject'),
      put: seen('PutObject'),
      list: seen('ListObjectsV2'),
      // The log does not contain the keys of a batched delete.
      delete: 1,
      'create-multipart': seen('CreateMultipartUpload'),
      'upload-part': seen('UploadPart'),
      'complete-multipart': seen('CompleteMultipartUpload'),
      'abort-multipart': seen('AbortMultipartUpload'),
      'list-multipart': seen('ListMultipartUploads'),
    };
    assert.deepEqual(counts.requests, expected);
    assert.equal(counts.requests.get, 4);
    assert.equal(counts.readBytes, 9);
    assert.equal(counts.writtenBytes, 10 + 6 * MiB + 1);
    assert.equal(counts.retries, 0);
  });

  check('reports a missing bucket', async ({ connection }) => {
    const store = createS3Store(connection, 'no-such-bucket');
    const expected = {
      code: 'STORE_FAILED',
      retryable: false,
      message: /no-such-bucket.*NoSuchBucket.*Create the bucket/,
    };
    await assert.rejects(store.get('k', { start: 0, end: 1 }), expected);
    await assert.rejects(store.put('k', text('x')), expected);
    await assert.rejects(all(store.list('')), expected);
  });

  test('S3 store: reports invalid credentials without revealing them', async (context) => {
    const secretAccessKey = 'not-the-secret';
    const { store, connection } = openPlace(server, { credentials: { ...server.credentials, secretAccessKey } });
    context.after(() => connection.close());
    await assert.rejects(store.put('k', text('x')), (error: Error & { code: string; retryable: boolean }) => {
      assert.deepEqual([error.code, error.retryable], ['STORE_FAILED', false]);
      assert.match(error.message, /SignatureDoesNotMatch.*does not accept these credentials/);
      assert.doesNotMatch(JSON.stringify(error) + error.message, /not-the-secret/);
      return true;
    });
    await assert.rejects(store.head('k'), { code: 'STORE_FAILED', retryable: false });
  });

  test('S3 store: completes reads in progress after a restart of the server', async (context) => {
    const { store, connection } = openPlace(server, { maxAttempts: 12 });
    context.after(() => connection.close());
    const bytes = pattern(4 * MiB);
    const identity = await store.put('k', [bytes]);
    await server.kill();
    const reads = Array.from({ length: 48 }, (_, index) =>
      store.get('k', { start: index * 1_000, end: index * 1_000 + 64_000 }, identity),
    );
    while (store.counts().retries === 0) await setImmediate();
    await server.restart();
    for (const [index, read] of (await Promise.all(reads)).entries()) {
      assert.ok(Buffer.from(read).equals(bytes.subarray(index * 1_000, index * 1_000 + 64_000)));
    }
  });
}
