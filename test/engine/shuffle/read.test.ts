import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ArrowField } from '../../../engine/arrow/batch.ts';
import { decodeStream } from '../../../engine/arrow/decode-stream.ts';
import { type FetchOptions, fetchPartition } from '../../../engine/shuffle/read.ts';
import { encodeIndex } from '../../../engine/shuffle/stage-index.ts';
import { createPartitionWriter } from '../../../engine/shuffle/write.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import { metered } from '../../../engine/store/metered.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import { totalRequests } from '../../../engine/store/request-counts.ts';
import type { ProducedObject, TaskInput } from '../../../engine/task/task.ts';
import { batchOf, rowsOf } from '../arrow/logical-values.ts';

const FIELDS: readonly ArrowField[] = [{ name: 's', type: { kind: 'utf8' } }];

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'volley-fetch-'));
});
after(() => rm(folder, { recursive: true }));

let stages = 0;

/** Writes the shuffle objects of a stage. `tasks[task][partition]` holds the texts of a partition. */
async function stage(tasks: readonly (readonly (readonly string[])[])[]) {
  stages += 1;
  const root = join(folder, `store-${stages}`);
  const store = createFileStore(root);
  const producers: ProducedObject[] = [];
  const footers: Uint8Array[] = [];
  for (const [task, partitions] of tasks.entries()) {
    const rows = partitions.flatMap((texts, partition) => texts.map((text) => ({ text, partition })));
    const writer = createPartitionWriter({
      fields: FIELDS,
      partitions: partitions.length,
      memoryLimitBytes: 1 << 20,
      spillDirectory: folder,
    });
    writer.append(
      batchOf({ fields: FIELDS, rows: rows.map(({ text }) => [text]) }),
      Uint32Array.from(rows, ({ partition }) => partition),
    );
    const finished = writer.finish();
    const key = `jobs/j/stages/0/${task}-1.shuffle`;
    producers.push({ key, identity: await store.put(key, finished.parts), rows: finished.rows });
    footers.push(finished.footer);
  }
  const index = {
    key: 'jobs/j/stages/0/index',
    identity: await store.put('jobs/j/stages/0/index', [encodeIndex(footers)]),
  };
  return { root, store, plain: { stage: 0, producers }, indexed: { stage: 0, producers, index } };
}

async function texts(options: FetchOptions) {
  const store = metered(options.store);
  const fetched = await fetchPartition({ ...options, store });
  const rows = fetched.streams.map(({ producer, bytes }) => {
    assert.equal(bytes.byteLength, bytes.buffer.byteLength);
    const { fields, batches } = decodeStream(bytes);
    return [producer, batches.flatMap((batch) => rowsOf(fields, batch)).flat()];
  });
  return { rows, requests: totalRequests(store.counts()), count: fetched.rows };
}

const THREE_TASKS = [
  [['a', 'b'], [], ['c']],
  [[], [], []],
  [['d'], [], ['e', 'f']],
];

test('with an index, reads the index row once and each non-empty producer once', async () => {
  const { store, indexed } = await stage(THREE_TASKS);
  assert.deepEqual(await texts({ store, input: indexed, mode: 'partition', partition: 2 }), {
    rows: [
      [0, ['c']],
      [2, ['e', 'f']],
    ],
    requests: 3,
    count: 3,
  });
  assert.deepEqual(await texts({ store, input: indexed, mode: 'partition', partition: 1 }), {
    rows: [],
    requests: 1,
    count: 0,
  });
});

test('without an index, reads each small object once and skips empty objects', async () => {
  const { store, plain } = await stage(THREE_TASKS);
  assert.deepEqual(await texts({ store, input: plain, mode: 'partition', partition: 0 }), {
    rows: [
      [0, ['a', 'b']],
      [2, ['d']],
    ],
    requests: 2,
    count: 3,
  });
});

test('does not read the index if there is only one producer', async () => {
  const { store, indexed } = await stage([[['a'], ['b']]]);
  assert.deepEqual(await texts({ store, input: indexed, mode: 'partition', partition: 1 }), {
    rows: [[0, ['b']]],
    requests: 1,
    count: 1,
  });
});

test("mode 'all' reads every producer, and mode 'forward' reads the producer with the reader's number", async () => {
  for (const form of ['plain', 'indexed'] as const) {
    const written = await stage([[['a']], [['b', 'c']], [[]]]);
    const options = { store: written.store, input: written[form] };
    assert.deepEqual((await texts({ ...options, mode: 'all', partition: 7 })).rows, [
      [0, ['a']],
      [1, ['b', 'c']],
    ]);
    assert.deepEqual((await texts({ ...options, mode: 'forward', partition: 1 })).rows, [[1, ['b', 'c']]]);
    assert.deepEqual((await texts({ ...options, mode: 'forward', partition: 2 })).rows, []);
    await assert.rejects(texts({ ...options, mode: 'forward', partition: 3 }), { code: 'INTERNAL' });
  }
});

test('rejects an output of several partitions if the input must have a single partition', async () => {
  const { store, plain } = await stage([[['a'], ['b']]]);
  await assert.rejects(texts({ store, input: plain, mode: 'all', partition: 0 }), { code: 'INTERNAL' });
});

test('reads partitions and footers that do not fit in one read', async () => {
  const partitions = Array.from({ length: 400 }, (_, partition) => [`p${partition}`]);
  const large = Array.from({ length: 20 }, (_, row) => String(row % 10).repeat(1 << 20));
  const { store, plain, indexed } = await stage([
    [...partitions, large],
    [...partitions, []],
  ]);
  for (const input of [plain, indexed]) {
    assert.deepEqual((await texts({ store, input, mode: 'partition', partition: 17 })).rows, [
      [0, ['p17']],
      [1, ['p17']],
    ]);
    assert.deepEqual((await texts({ store, input, mode: 'partition', partition: 400 })).rows, [[0, large]]);
  }
});

test('makes no more concurrent reads than allowed', async () => {
  const { store, plain } = await stage(Array.from({ length: 12 }, () => [['a']]));
  let underWay = 0;
  let most = 0;
  const watched: ObjectStore = {
    ...store,
    async get(...request) {
      underWay += 1;
      most = Math.max(most, underWay);
      return await store.get(...request).finally(() => {
        underWay -= 1;
      });
    },
  };
  await texts({ store: watched, input: plain, mode: 'all', partition: 0, concurrency: 3 });
  assert.equal(most, 3);
});

/** Ways to damage the shuffle objects of a stage of two tasks. */
const DAMAGES: readonly {
  readonly what: string;
  readonly damage: (store: ObjectStore, input: TaskInput, root: string) => Promise<TaskInput>;
}[] = [
  {
    what: 'a missing object',
    async damage(store, input) {
      await store.delete([input.producers[1]?.key ?? '']);
      return input;
    },
  },
  {
    what: 'a replaced object',
    async damage(store, input) {
      const key = input.producers[1]?.key ?? '';
      await store.delete([key]);
      await store.put(key, [new Uint8Array(100)]);
      return input;
    },
  },
  {
    what: 'a truncated object',
    damage: (store, input, root) => rewritten(store, input, root, (bytes) => bytes.subarray(0, 100)),
  },
  {
    what: 'an object of another format',
    damage: (store, input, root) => rewritten(store, input, root, () => Buffer.from('no shuffle object')),
  },
  { what: 'an empty object', damage: (store, input, root) => rewritten(store, input, root, () => new Uint8Array(0)) },
  {
    what: 'a flipped bit in a partition',
    damage: (store, input, root) => rewritten(store, input, root, (bytes) => flipped(bytes, 200)),
  },
  {
    what: 'a flipped bit in the footer',
    damage: (store, input, root) =>
      rewritten(store, input, root, (bytes) => flipped(bytes, bytes.length - 20), 'footer'),
  },
];

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** Rewrites the second object and updates its identity in the input. */
async function rewritten(
  store: ObjectStore,
  input: TaskInput,
  root: string,
  change: (bytes: Uint8Array) => Uint8Array,
  part = 'body',
): Promise<TaskInput> {
  const [first, second] = input.producers;
  if (first === undefined || second === undefined) throw new Error('two producers expected');
  const bytes = await store.get(second.key, { start: 0, end: second.identity.sizeBytes });
  await writeFile(join(root, second.key), change(bytes));
  const identity = await store.head(second.key);
  const producers = [first, { ...second, identity: identity ?? second.identity }];
  const damaged = { ...input, producers };
  // Readers with an index never read footers.
  return part === 'footer' ? { stage: damaged.stage, producers } : damaged;
}

for (const { what, damage } of DAMAGES) {
  for (const form of ['plain', 'indexed'] as const) {
    test(`reports ${what} as SHUFFLE_LOST and names its key (${form === 'plain' ? 'without an index' : 'with an index'})`, async () => {
      const written = await stage([
        [['a'], ['b']],
        [['c'], ['d']],
      ]);
      const input = await damage(written.store, written[form], written.root);
      await assert.rejects(texts({ store: written.store, input, mode: 'partition', partition: 0 }), {
        code: 'SHUFFLE_LOST',
        message: /jobs\/j\/stages\/0\/1-1\.shuffle/,
      });
    });
  }
}

test('reports a missing, corrupt or mismatched index as SHUFFLE_LOST and names its key', async () => {
  const { store, indexed, root } = await stage([
    [['a'], ['b']],
    [['c'], ['d']],
  ]);
  const options = { store, input: indexed, mode: 'partition', partition: 1 } as const;
  const expected = { code: 'SHUFFLE_LOST', message: /jobs\/j\/stages\/0\/index/ };
  const [first] = indexed.producers;
  if (first === undefined) throw new Error('a producer expected');
  await assert.rejects(texts({ ...options, partition: 2 }), expected);
  await assert.rejects(texts({ ...options, input: { ...indexed, producers: [first, first, first] } }), expected);
  const bytes = await store.get(indexed.index.key, { start: 0, end: indexed.index.identity.sizeBytes });
  // Overwrite the row count of an entry with 0. Without the checksum, the reader would silently lose rows.
  bytes.fill(0, bytes.length - 40, bytes.length - 8);
  await writeFile(join(root, indexed.index.key), bytes);
  const identity = await store.head(indexed.index.key);
  assert.ok(identity !== undefined);
  await assert.rejects(
    texts({ ...options, input: { ...indexed, index: { key: indexed.index.key, identity } } }),
    expected,
  );
  await store.delete([indexed.index.key]);
  await assert.rejects(texts(options), expected);
});
