import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { ArrowField } from '../../../engine/arrow/batch.ts';
import { decodeStream } from '../../../engine/arrow/decode-stream.ts';
import { blockOf, blockStart, type CombineGrid } from '../../../engine/plan/blocks.ts';
import { combinePartitions } from '../../../engine/shuffle/combine.ts';
import { fetchPartition } from '../../../engine/shuffle/read.ts';
import { encodeIndex } from '../../../engine/shuffle/stage-index.ts';
import { createPartitionWriter } from '../../../engine/shuffle/write.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import { metered } from '../../../engine/store/metered.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import { totalRequests } from '../../../engine/store/request-counts.ts';
import type { ProducedObject, TaskInput } from '../../../engine/task/task.ts';
import { batchOf, rowsOf } from '../arrow/logical-values.ts';

const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31);
const FIELDS: readonly ArrowField[] = [{ name: 's', type: { kind: 'utf8' } }];

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'volley-combine-'));
});
after(() => rm(folder, { recursive: true }));

let places = 0;

/** A two-level shuffle. `tasks` holds the partition of each row of each producer. */
interface Shuffle {
  readonly tasks: readonly (readonly number[])[];
  readonly partitions: number;
  readonly grid: CombineGrid;
  readonly memoryLimitBytes: number;
}

const shuffles = fc
  .tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 600, 1 << 20))
  .chain(([producers, partitions, memoryLimitBytes]) => {
    const rows = fc.array(fc.nat(partitions - 1), { maxLength: 30 });
    const grid = fc.record({
      producerBlocks: fc.integer({ min: 1, max: producers }),
      partitionBlocks: fc.integer({ min: 1, max: partitions }),
    });
    const tasks = fc.array(rows, { minLength: producers, maxLength: producers });
    return fc.record({
      tasks,
      grid,
      partitions: fc.constant(partitions),
      memoryLimitBytes: fc.constant(memoryLimitBytes),
    });
  });

/** Writes the objects of a shuffle's producers and their index. */
async function produced({ tasks, partitions, grid }: Shuffle) {
  places += 1;
  const root = join(folder, `store-${places}`);
  const store = createFileStore(root);
  const footers: Uint8Array[] = [];
  const producers: ProducedObject[] = [];
  for (const [task, ids] of tasks.entries()) {
    const blocks = grid.partitionBlocks;
    const writer = createPartitionWriter({
      fields: FIELDS,
      partitions,
      blocks,
      memoryLimitBytes: 1 << 20,
      spillDirectory: folder,
    });
    writer.append(batchOf({ fields: FIELDS, rows: ids.map((_, row) => [`${task}/${row}`]) }), Uint32Array.from(ids));
    const { parts, footer, rows } = writer.finish();
    producers.push({ key: `written/${task}`, identity: await store.put(`written/${task}`, parts), rows });
    footers.push(footer);
  }
  const index = { key: 'written/index', identity: await store.put('written/index', [encodeIndex(footers)]) };
  return { root, store, input: { stage: 0, producers, index } };
}

/** Returns a combining task's input as the coordinator sends it. */
function blockOfProducers(input: TaskInput, { grid }: Shuffle, task: number): TaskInput {
  const all = input.producers.length;
  const block = Math.floor(task / grid.partitionBlocks);
  const first = blockStart(all, grid.producerBlocks, block);
  const producers = input.producers.slice(first, blockStart(all, grid.producerBlocks, block + 1));
  return { ...input, producers, slice: { firstProducer: first, rowProducers: all, firstPartition: 0 } };
}

async function combine(store: ObjectStore, input: TaskInput, shuffle: Shuffle, task: number) {
  const { partitions, grid, memoryLimitBytes } = shuffle;
  const output = { kind: 'combined', partitions, producers: shuffle.tasks.length, ...grid } as const;
  const reads = metered(store);
  const combined = await combinePartitions({
    store: reads,
    input: blockOfProducers(input, shuffle, task),
    output,
    task,
    memoryLimitBytes,
    spillDirectory: folder,
    isStopped: () => false,
  });
  const identity = await store.put(`combined/${task}`, combined.parts);
  const { rows } = combined;
  const requests = totalRequests(reads.counts());
  return { object: { key: `combined/${task}`, identity, rows }, footer: combined.footer(), requests };
}

test('readers of combined objects receive the rows of all producers', async (context) => {
  context.diagnostic(`TEST_SEED=${seed}`);
  const check = async (shuffle: Shuffle) => {
    const { root, store, input } = await produced(shuffle);
    const { producerBlocks, partitionBlocks } = shuffle.grid;
    const combiners = Array.from(Array(producerBlocks * partitionBlocks).keys());
    const combined = await Promise.all(combiners.map((task) => combine(store, input, shuffle, task)));
    const most = Math.ceil(shuffle.tasks.length / producerBlocks) + 1;
    for (const { requests } of combined) assert.ok(requests <= most, `${requests} reads for ${most - 1} producers`);
    const footers = combined.map(({ footer }) => footer);
    const identity = await store.put('combined/index', [encodeIndex(footers, shuffle.grid)]);
    for (let partition = 0; partition < shuffle.partitions; partition += 1) {
      const block = blockOf(shuffle.partitions, partitionBlocks, partition);
      const firstPartition = blockStart(shuffle.partitions, partitionBlocks, block);
      const producers = combined.filter((_, task) => task % partitionBlocks === block).map(({ object }) => object);
      const own: TaskInput = {
        stage: 1,
        producers,
        index: { key: 'combined/index', identity },
        slice: { firstProducer: 0, rowProducers: producerBlocks, firstPartition },
      };
      const reads = metered(store);
      const { streams } = await fetchPartition({ store: reads, input: own, mode: 'partition', partition });
      const requests = totalRequests(reads.counts());
      assert.ok(requests <= producerBlocks + 1, `${requests} reads of ${producerBlocks} combiners`);
      const read = streams.flatMap(({ bytes }) => {
        const { fields, batches } = decodeStream(bytes);
        return batches.flatMap((batch) => rowsOf(fields, batch)).flat();
      });
      const wanted = shuffle.tasks.flatMap((ids, task) =>
        ids.flatMap((id, row) => (id === partition ? [`${task}/${row}`] : [])),
      );
      assert.deepEqual(read, wanted);
    }
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith('.spill')),
      [],
    );
    await rm(root, { recursive: true });
  };
  await fc.assert(fc.asyncProperty(shuffles, check), { seed, numRuns: 60 });
});

test('detects every changed byte of a block except padding', async () => {
  const shuffle: Shuffle = {
    tasks: [
      [0, 1, 2, 3],
      [0, 3],
    ],
    partitions: 4,
    grid: { producerBlocks: 1, partitionBlocks: 2 },
    memoryLimitBytes: 1 << 20,
  };
  const { root, store, input } = await produced(shuffle);
  const path = join(root, 'written/0');
  const [first] = input.producers;
  const size = first?.identity.sizeBytes ?? 0;
  const good = Buffer.from(await store.get('written/0', { start: 0, end: size }));
  const { bytes: before } = await fetchPartition({ store, input, mode: 'combine', partition: 0 });
  assert.ok(before > 0);
  for (let at = 0; at < size / 2; at += 7) {
    const bad = Buffer.from(good);
    bad[at] = (bad[at] ?? 0) ^ 0xff;
    await writeFile(path, bad);
    const identity = await store.head('written/0');
    assert.ok(identity !== undefined);
    const [, ...others] = input.producers;
    const changed = { ...input, producers: [{ key: 'written/0', identity, rows: 4 }, ...others] };
    const results = await Promise.allSettled([0, 1].map((task) => readAll(store, changed, shuffle, task)));
    const failures = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason.code);
    // Changed padding between partitions has no effect.
    const isSame = results.every((result) => result.status === 'fulfilled');
    assert.ok(
      isSame ? isPadding(good, at) : failures.every((code) => code === 'SHUFFLE_LOST'),
      `byte ${at}: ${failures}`,
    );
  }
});

async function readAll(store: ObjectStore, input: TaskInput, shuffle: Shuffle, task: number): Promise<number> {
  const { partitions, grid, memoryLimitBytes } = shuffle;
  const reads = metered(store);
  const combined = await combinePartitions({
    store: reads,
    input: blockOfProducers(input, shuffle, task),
    output: { kind: 'combined', partitions, producers: shuffle.tasks.length, ...grid },
    task,
    memoryLimitBytes,
    spillDirectory: folder,
    isStopped: () => false,
  });
  return [...combined.parts].length;
}

/** Returns whether a byte is padding between the end of a stream or footer and the next multiple of 64 bytes. */
function isPadding(object: Buffer, at: number): boolean {
  const start = at - (at % 64);
  const lastUsed = object.subarray(start, start + 64).findLastIndex((byte) => byte !== 0);
  return object[at] === 0 && at - start > lastUsed;
}
