import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { connectS3, type S3Options } from '../../../engine/store/s3/connection.ts';
import { createS3Store, type S3Store } from '../../../engine/store/s3/s3-store.ts';
import {
  type Fault,
  type FaultProxy,
  type SeenRequest,
  startFaultProxy,
} from '../../../scripts/servers/fault-proxy.ts';
import type { S3Server } from '../../../scripts/servers/versitygw.ts';
import { seeded } from '../../coordinator/scheduler/graph.ts';
import { storeConformance } from '../../engine/store/conformance.ts';
import { all, BUCKET, openPlace, pattern } from './source.ts';
import { s3Suite } from './suite.ts';

const NONE: Fault = { kind: 'none' };
const BUSY: Fault = { kind: 'answer', status: 503, code: 'ServiceUnavailable' };
const MiB = 1 << 20;
const text = (content: string) => [new TextEncoder().encode(content)];
const seed = Number(process.env['VOLLEY_SEED'] ?? Date.now() % 1_000_000);

await s3Suite('S3 store over an unreliable network', suite);

/** A store that connects through a proxy with faults, and a store that connects directly to the same objects. */
interface Bench {
  readonly store: S3Store;
  readonly direct: S3Store;
  readonly proxy: FaultProxy;
  /** Sets the faults for the next requests, in order. */
  readonly next: (...faults: readonly Fault[]) => void;
}

async function suite(server: S3Server): Promise<void> {
  await server.makeBucket(BUCKET);

  const random = seeded(seed);
  const proxy = await startFaultProxy(server.endpoint, (request) => chance(random(), request));
  after(() => proxy.close());
  storeConformance(`S3 store over an unreliable network (VOLLEY_SEED=${seed})`, async () => {
    const { store, connection } = openPlace({ ...server, endpoint: proxy.endpoint }, { maxAttempts: 14 });
    return { store, close: async () => connection.close() };
  });

  const check = (behaviour: string, run: (bench: Bench) => Promise<void>, options: S3Options = {}) =>
    test(`S3 store: ${behaviour}`, async (context) => {
      const faults: Fault[] = [];
      const own = await startFaultProxy(server.endpoint, () => faults.shift() ?? NONE);
      const { store, connection, prefix } = openPlace({ ...server, endpoint: own.endpoint }, options);
      const near = connectS3({ ...server });
      context.after(async () => {
        connection.close();
        near.close();
        await own.close();
      });
      const next = (...more: readonly Fault[]) => {
        faults.push(...more);
      };
      await run({ store, direct: createS3Store(near, BUCKET, prefix), proxy: own, next });
    });

  const reads: readonly (readonly [string, Fault])[] = [
    ['answered with 503', BUSY],
    ['answered with 500', { kind: 'answer', status: 500, code: 'InternalError' }],
    ['answered with SlowDown', { kind: 'answer', status: 503, code: 'SlowDown' }],
    ['reset before the answer', { kind: 'reset' }],
    ['reset before the first byte of the body', { kind: 'truncate', afterBytes: 0 }],
    ['reset in the middle of the body', { kind: 'truncate', afterBytes: 300_000 }],
    ['answered with fewer bytes than requested', { kind: 'shorten', toBytes: 300_000 }],
    ['answered with no bytes', { kind: 'shorten', toBytes: 0 }],
  ];
  for (const [name, fault] of reads) {
    check(`retries a read that is ${name}`, async ({ store, direct, next }) => {
      const bytes = pattern(MiB);
      const identity = await direct.put('k', [bytes]);
      next(fault, fault);
      const read = await store.get('k', { start: 17, end: MiB - 17 }, identity);
      assert.ok(Buffer.from(read).equals(bytes.subarray(17, MiB - 17)));
      assert.deepEqual([store.counts().requests.get, store.counts().retries], [3, 2]);
    });
  }

  check(
    'retries a read when the connection delivers no data, and closes the connection',
    async ({ store, direct, next, proxy: own }) => {
      const identity = await direct.put('k', text('0123456789'));
      next({ kind: 'hold', until: new Promise(() => {}) });
      assert.equal((await store.get('k', { start: 0, end: 10 }, identity)).length, 10);
      assert.equal(store.counts().retries, 1);
      await own.seen[0]?.dropped;
    },
    { idleTimeoutMs: 100, hedgedShare: 0 },
  );

  check(
    'reports a read that fails in every attempt as a retryable error',
    async ({ store, direct, next }) => {
      await direct.put('k', [pattern(1_000)]);
      next(...Array.from({ length: 3 }, (): Fault => ({ kind: 'truncate', afterBytes: 10 })));
      await assert.rejects(store.get('k', { start: 0, end: 1_000 }), {
        code: 'STORE_FAILED',
        retryable: true,
        message: /Could not read k in the store s3:\/\/.* in 3 attempts: .*10 of 1000 bytes arrived/,
      });
      next(...Array.from({ length: 3 }, (): Fault => ({ kind: 'answer', status: 503, code: 'SlowDown' })));
      await assert.rejects(store.get('k', { start: 0, end: 1_000 }), {
        code: 'STORE_FAILED',
        retryable: true,
        message: /in 3 attempts: SlowDown.*limiting the request rate/,
      });
    },
    { maxAttempts: 3 },
  );

  check('does not retry a read of a missing object', async ({ store, proxy: own }) => {
    await assert.rejects(store.get('none', { start: 0, end: 1 }), { code: 'OBJECT_NOT_FOUND' });
    assert.equal(own.seen.length, 1);
  });

  check('recognizes a write as done if its answer was lost', async ({ store, direct, next }) => {
    next({ kind: 'lose-answer' });
    const identity = await store.put('k', text('mine'));
    assert.deepEqual(await direct.head('k'), identity);
    assert.deepEqual([store.counts().requests.put, store.counts().requests.head], [2, 1]);
  });

  check(
    'recognizes a write as done if its answer was lost and all retries failed',
    async ({ store, direct, next }) => {
      next({ kind: 'lose-answer' }, { kind: 'reset' }, { kind: 'reset' });
      const identity = await store.put('k', text('mine'));
      assert.deepEqual(await direct.head('k'), identity);
      assert.deepEqual([store.counts().requests.put, store.counts().requests.head], [3, 1]);
    },
    { maxAttempts: 3 },
  );

  check(
    "does not mistake another writer's object for its own after a failed attempt",
    async ({ store, direct, next }) => {
      await direct.put('k', text('theirs'));
      next({ kind: 'reset' });
      await assert.rejects(store.put('k', text('theirs')), { code: 'OBJECT_EXISTS' });
    },
  );

  check(
    'retries parts and commits whose answers were lost, and creates one object',
    async ({ store, direct, next }) => {
      const bytes = pattern(11 * MiB);
      // Starting the upload succeeds. Each of its three parts fails once.
      next(NONE, { kind: 'lose-answer' }, { kind: 'reset' }, BUSY);
      const upload = await store.upload('k', [bytes]);
      next({ kind: 'lose-answer' }, { kind: 'lose-answer' });
      const identity = await store.commit(upload);
      assert.deepEqual(await direct.head('k'), identity);
      assert.ok(Buffer.from(await direct.get('k', { start: 0, end: bytes.length })).equals(bytes));
      assert.equal(store.counts().retries, 5);
      assert.deepEqual(await all(direct.listUploads('')), []);
    },
    { partBytes: 5 * MiB },
  );

  check(
    'leaves nothing behind when a large write fails',
    async ({ store, direct, next }) => {
      next(NONE, { kind: 'answer', status: 400, code: 'InvalidRequest' });
      await assert.rejects(store.put('k', [pattern(30 * MiB)]), { code: 'STORE_FAILED', retryable: false });
      assert.deepEqual(await all(direct.listUploads('')), []);
      assert.equal(await direct.head('k'), undefined);
    },
    { partBytes: 5 * MiB },
  );

  // On a busy machine, the earlier reads may use up the allowed share of second requests, so the share is unlimited here.
  check(
    'sends a second request for a slow read, and drops the first',
    async ({ store, direct, next, proxy: own }) => {
      const identity = await direct.put('k', [pattern(10_000)]);
      const read = () => store.get('k', { start: 0, end: 10_000 }, identity);
      for (let count = 0; count < 64; count++) await read();
      const before = { ...store.counts(), seen: own.seen.length };
      next({ kind: 'hold', until: new Promise(() => {}) });
      assert.ok(Buffer.from(await read()).equals(pattern(10_000)));
      const counts = store.counts();
      assert.deepEqual([counts.hedges - before.hedges, counts.hedgesWon - before.hedgesWon], [1, 1]);
      assert.equal(counts.requests.get, before.requests.get + 2);
      await own.seen[before.seen]?.dropped;
    },
    { hedgedShare: 1 },
  );

  check(
    'counts exactly the requests that the server receives when one request in five fails',
    async ({ store, next, proxy: own }) => {
      const decide = seeded(seed);
      next(...Array.from({ length: 400 }, () => (decide() < 0.2 ? BUSY : NONE)));
      const keys = Array.from({ length: 40 }, (_, index) => `k/${index}`);
      await Promise.all(keys.map((key) => store.put(key, text(key))));
      await Promise.all(keys.map((key) => store.get(key, { start: 0, end: key.length })));
      assert.deepEqual((await all(store.list('k/'))).length, keys.length);
      await store.delete(keys);
      const { requests, retries } = store.counts();
      assert.equal(
        Object.values(requests).reduce((sum, count) => sum + count),
        own.seen.length,
      );
      assert.ok(retries > 0);
    },
  );
}

/** Returns a random fault for a request. One request in five is rejected. Some others are reset, or their answers are truncated or lost. */
function chance(draw: number, request: SeenRequest): Fault {
  if (draw < 0.2) return BUSY;
  if (draw < 0.24) return { kind: 'reset' };
  if (draw < 0.28) return { kind: 'lose-answer' };
  if (draw < 0.32 && request.url.includes('GetObject')) return { kind: 'truncate', afterBytes: 3 };
  return NONE;
}
