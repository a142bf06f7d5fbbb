import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ObjectStore } from '../../../engine/store/object-store.ts';

/** An empty store, and a function that removes it. */
export interface OpenStore {
  readonly store: ObjectStore;
  readonly close: () => Promise<void>;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function read(store: ObjectStore, key: string): Promise<string> {
  const identity = await store.head(key);
  assert.ok(identity !== undefined, `${key} should exist`);
  return new TextDecoder().decode(await store.get(key, { start: 0, end: identity.sizeBytes }, identity));
}

async function keys(store: ObjectStore, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list(prefix)) found.push(key);
  return found;
}

/** Keys that every store must accept. */
const KEYS = [
  'a',
  'a b',
  'ä/ö.ü',
  '🦆/ﬀ',
  'per%20cent',
  'plus+and&',
  'quote\'"',
  'back\\slash',
  '*?[x]',
  '-rf',
  '.hidden',
  'a..b/..c',
  'x'.repeat(200),
];

/** Keys that every store must reject. */
const BAD_KEYS = ['', '/', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'a/..', './a', 'a\0b'];

/** Registers the tests that every `ObjectStore` must pass. `open` creates the store under test. */
export function storeConformance(name: string, open: () => Promise<OpenStore>): void {
  const check = (behaviour: string, run: (store: ObjectStore) => Promise<void>) =>
    test(`${name}: ${behaviour}`, async () => {
      const { store, close } = await open();
      await run(store).finally(close);
    });

  check('head returns the same identity as put', async (store) => {
    const identity = await store.put('jobs/1/x', [bytes('hello '), bytes(''), bytes('world')]);
    assert.equal(identity.sizeBytes, 11);
    assert.deepEqual(await store.head('jobs/1/x'), identity);
    assert.equal(await read(store, 'jobs/1/x'), 'hello world');
  });

  check('stores an empty object', async (store) => {
    const identity = await store.put('empty', []);
    assert.equal(identity.sizeBytes, 0);
    assert.equal((await store.get('empty', { start: 0, end: 0 }, identity)).length, 0);
  });

  check('accepts asynchronous, numerous and large parts', async (store) => {
    async function* parts() {
      for (let part = 0; part < 3000; part++) yield Uint8Array.of(part);
      yield new Uint8Array(3 << 20).fill(7);
    }
    const identity = await store.put('many', parts());
    assert.equal(identity.sizeBytes, 3000 + (3 << 20));
    assert.deepEqual(
      [...(await store.get('many', { start: 2998, end: 3002 }, identity))],
      [2998 & 255, 2999 & 255, 7, 7],
    );
  });

  check('get returns exactly the bytes of a range', async (store) => {
    await store.put('r', [bytes('0123456789')]);
    for (const [start, end, text] of [
      [0, 10, '0123456789'],
      [0, 1, '0'],
      [3, 7, '3456'],
      [9, 10, '9'],
      [4, 4, ''],
    ] as const) {
      assert.equal(new TextDecoder().decode(await store.get('r', { start, end })), text);
    }
  });

  check('get rejects a range outside the object', async (store) => {
    await store.put('r', [bytes('0123456789')]);
    for (const [start, end] of [
      [5, 11],
      [10, 11],
      [100, 200],
      [-1, 3],
      [7, 3],
      [0, Number.NaN],
    ] as const) {
      await assert.rejects(
        store.get('r', { start, end }),
        { code: 'STORE_FAILED', retryable: false },
        `${start} to ${end}`,
      );
    }
  });

  check('a missing object has no identity and cannot be read', async (store) => {
    await store.put('folder/x', [bytes('1')]);
    for (const key of ['none', 'folder', 'folder/y', 'folder/x/y']) {
      assert.equal(await store.head(key), undefined, key);
      await assert.rejects(store.get(key, { start: 0, end: 0 }), { code: 'OBJECT_NOT_FOUND' }, key);
    }
  });

  check('put rejects an existing key', async (store) => {
    await store.put('k', [bytes('first')]);
    await assert.rejects(store.put('k', [bytes('second')]), { code: 'OBJECT_EXISTS' });
    assert.equal(await read(store, 'k'), 'first');
  });

  check('exactly one of many concurrent puts of a key succeeds', async (store) => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, writer) => store.put('race/k', [bytes(`${writer}`), bytes(`${writer}`)])),
    );
    const winners = [...outcomes.entries()]
      .filter(([, { status }]) => status === 'fulfilled')
      .map(([writer]) => writer);
    assert.equal(winners.length, 1);
    assert.equal(await read(store, 'race/k'), `${winners[0]}${winners[0]}`);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'OBJECT_EXISTS');
    }
    assert.deepEqual(await keys(store, ''), ['race/k']);
  });

  check('an object is invisible until it is complete, and stays invisible if its parts fail', async (store) => {
    const failure = new Error('no more parts');
    async function* parts() {
      yield new Uint8Array(2 << 20);
      assert.equal(await store.head('p/k'), undefined);
      assert.deepEqual(await keys(store, ''), []);
      throw failure;
    }
    await assert.rejects(store.put('p/k', parts()), failure);
    assert.equal(await store.head('p/k'), undefined);
    assert.deepEqual(await keys(store, ''), []);
    await store.put('p/k', [bytes('now')]);
    assert.equal(await read(store, 'p/k'), 'now');
  });

  check('a replaced object has a different identity', async (store) => {
    const old = await store.put('k', [bytes('same size')]);
    await store.delete(['k']);
    const other = await store.put('k', [bytes('size same')]);
    assert.notDeepEqual(other, old);
    await assert.rejects(store.get('k', { start: 0, end: 4 }, old), { code: 'INPUT_CHANGED' });
    assert.equal(new TextDecoder().decode(await store.get('k', { start: 0, end: 4 }, other)), 'size');
  });

  check('lists all keys under a prefix, in byte order', async (store) => {
    const all = ['a', 'b-c', 'b.c', 'b/a', 'b/c/d', 'b/c/e', 'b0', 'ba', 'c', 'é', 'ﬀ', '🦆'];
    for (const key of all.toReversed()) await store.put(key, [bytes(key)]);
    assert.deepEqual(await keys(store, ''), all);
    assert.deepEqual(await keys(store, 'b'), all.slice(1, 8));
    assert.deepEqual(await keys(store, 'b/'), ['b/a', 'b/c/d', 'b/c/e']);
    assert.deepEqual(await keys(store, 'b/c'), ['b/c/d', 'b/c/e']);
    assert.deepEqual(await keys(store, 'b/c/d'), ['b/c/d']);
    assert.deepEqual(await keys(store, 'b/c/d/'), []);
    assert.deepEqual(await keys(store, 'none/'), []);
    for await (const { key, identity } of store.list('b/')) assert.deepEqual(await store.head(key), identity);
  });

  check('delete is idempotent', async (store) => {
    for (const key of ['d/1', 'd/2', 'd/e/3', 'keep']) await store.put(key, [bytes(key)]);
    await store.delete(['d/1', 'd/e/3', 'd/none', 'none/at/all', 'd']);
    assert.deepEqual(await keys(store, ''), ['d/2', 'keep']);
    await store.delete(['d/1', 'd/2', 'd/e/3']);
    await store.delete([]);
    assert.deepEqual(await keys(store, ''), ['keep']);
    await store.put('d', [bytes('a folder no more')]);
    assert.equal(await read(store, 'd'), 'a folder no more');
  });

  check('concurrent puts and deletes in the same folder lose no objects', async (store) => {
    const rounds = Array.from({ length: 40 }, (_, round) => round);
    await Promise.all(
      rounds.map(async (round) => {
        const key = `n/${round % 2}/${round}`;
        await store.put(key, [bytes(key)]);
        if (round % 4 !== 0) await store.delete([key]);
      }),
    );
    assert.deepEqual((await keys(store, '')).length, 10);
  });

  for (const key of KEYS) {
    check(`accepts the key ${JSON.stringify(key.slice(0, 20))}`, async (store) => {
      await store.put(key, [bytes(key)]);
      assert.equal(await read(store, key), key);
      assert.deepEqual(await keys(store, ''), [key]);
      await store.delete([key]);
      assert.deepEqual(await keys(store, ''), []);
    });
  }

  for (const key of BAD_KEYS) {
    check(`rejects the key ${JSON.stringify(key)}`, async (store) => {
      const expected = { code: 'STORE_FAILED', retryable: false };
      await assert.rejects(store.put(key, [bytes('x')]), expected);
      await assert.rejects(store.head(key), expected);
      await assert.rejects(store.get(key, { start: 0, end: 0 }), expected);
      await assert.rejects(store.delete([key]), expected);
    });
  }

  for (const prefix of ['../', '..', 'a/../', '/etc', '//', 'a/./b']) {
    check(`rejects the prefix ${JSON.stringify(prefix)}`, async (store) => {
      await assert.rejects(keys(store, prefix), { code: 'STORE_FAILED', retryable: false });
    });
  }
}
