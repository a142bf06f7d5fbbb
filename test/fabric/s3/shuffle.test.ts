import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { systemClock } from '../../../coordinator/clock.ts';
import type { Invoker } from '../../../coordinator/invoke/invoker.ts';
import { runJob } from '../../../coordinator/jobs/run-job.ts';
import { type ShuffleFabric, shuffleCost } from '../../../coordinator/price/shuffle-cost.ts';
import { lambdaPrice, S3_STANDARD } from '../../../coordinator/price/store-model.ts';
import { decodeStream } from '../../../engine/arrow/decode-stream.ts';
import { FragmentCache, openTask } from '../../../engine/execute/open-task.ts';
import type { CombineGrid } from '../../../engine/plan/blocks.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import type { Stage, StageGraph } from '../../../engine/plan/stage.ts';
import { VARCHAR } from '../../../engine/plan/types.ts';
import { combinePartitions } from '../../../engine/shuffle/combine.ts';
import { fetchPartition } from '../../../engine/shuffle/read.ts';
import { createPartitionWriter } from '../../../engine/shuffle/write.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import { addCounts } from '../../../engine/store/request-counts.ts';
import type { Task, TaskOutcome } from '../../../engine/task/task.ts';
import type { S3Server } from '../../../scripts/servers/versitygw.ts';
import { MemoryJournal } from '../../coordinator/journal/memory-journal.ts';
import { jobId, settings, stage, statistics } from '../../coordinator/scheduler/graph.ts';
import { batchOf, rowsOf } from '../../engine/arrow/logical-values.ts';
import { all, BUCKET, openPlace } from './source.ts';
import { s3Suite } from './suite.ts';

const PRODUCERS = 12;
const PARTITIONS = 10;
const FIELDS = [{ name: 's', type: { kind: 'utf8' } }] as const;
const PLACE: ShuffleFabric = {
  concurrency: 100,
  memoryMiBPerTask: 1024,
  readBytesPerSecond: 75e6,
  invokeSeconds: 0.05,
  store: S3_STANDARD,
  price: lambdaPrice(1024),
};

const scratch = mkdtempSync(join(tmpdir(), 'volley-s3-shuffle-'));
after(() => rmSync(scratch, { recursive: true }));

await s3Suite('shuffles over S3', suite);

async function suite(server: S3Server): Promise<void> {
  await server.makeBucket(BUCKET);
  const ways: readonly (CombineGrid | undefined)[] = [undefined, { producerBlocks: 3, partitionBlocks: 4 }];
  for (const grid of ways) {
    const levels = grid === undefined ? 'one level' : 'two levels';
    test(`a shuffle over S3 with ${levels} makes exactly the requests that the planner expects and leaves no objects`, async () => {
      const { store, connection } = openPlace(server);
      const rows = new Map<number, readonly unknown[]>();
      const graph = graphWith(grid);
      const ended = await runJob({
        job: jobId,
        graph,
        settings,
        journal: new MemoryJournal(),
        invoker: invokerOver(store, rows),
        store,
        clock: systemClock,
        random: () => 0.5,
      });
      assert.deepEqual(ended.state.end, { kind: 'succeeded' });
      for (let partition = 0; partition < PARTITIONS; partition += 1) {
        const wanted = Array.from({ length: PRODUCERS }, (_none, task) => `${task} to ${partition}`);
        assert.deepEqual(rows.get(partition), wanted);
      }
      // These executors do not count their requests, so the store's counts are added to the owner's counts.
      const { requests, hedges, retries } = addCounts(store.counts(), ended.requests().job);
      const cost = shuffleCost({ producers: PRODUCERS, partitions: PARTITIONS, sizeBytes: 1 }, PLACE, grid);
      assert.equal(retries, 0);
      assert.equal(requests.get - hedges, cost.gets);
      assert.equal(requests.put, cost.puts);
      await ended.release();
      assert.deepEqual(await all(store.list('')), []);
      connection.close();
    });
  }
}

/**
 * Returns a graph in which every producer writes rows for every partition and each partition has one reader. The keys use four prefixes.
 */
function graphWith(grid: CombineGrid | undefined): StageGraph {
  const read = (from: number, mode: 'partition' | 'combine'): Relation => {
    return { kind: 'input', types: [VARCHAR], stage: from, mode };
  };
  const output = { kind: 'hash', keys: [], partitions: PARTITIONS } as const;
  const reader = (id: number): Stage => ({
    ...stage(id, PARTITIONS, [id - 1], { kind: 'result' }),
    root: read(id - 1, 'partition'),
  });
  const common = { tables: [], columns: [], timeZone: 'UTC', keyPrefixes: 4 };
  if (grid === undefined) return { ...common, stages: [stage(0, PRODUCERS, [], output), reader(1)] };
  const combined = { kind: 'combined', partitions: PARTITIONS, producers: PRODUCERS, ...grid } as const;
  const combining = stage(1, grid.producerBlocks * grid.partitionBlocks, [0], combined);
  const written = stage(0, PRODUCERS, [], { ...output, blocks: grid.partitionBlocks });
  return { ...common, stages: [written, { ...combining, root: read(0, 'combine') }, reader(2)] };
}

/** Returns an invoker whose tasks shuffle real rows but run no queries. `rows` receives the rows of each reader. */
function invokerOver(store: ObjectStore, rows: Map<number, readonly unknown[]>): Invoker {
  return {
    concurrency: 8,
    invoke: async (task) => run(await openTask(task, store, new FragmentCache()), store, rows),
    close: async () => undefined,
  };
}

async function run(task: Task, store: ObjectStore, rows: Map<number, readonly unknown[]>): Promise<TaskOutcome> {
  const { output } = task.stage;
  const [input] = task.inputs;
  const memory = { memoryLimitBytes: 1 << 20, spillDirectory: scratch };
  if (output.kind === 'hash') {
    const writer = createPartitionWriter({ fields: FIELDS, ...memory, ...output });
    const texts = Array.from({ length: PARTITIONS }, (_none, partition) => [`${task.index} to ${partition}`]);
    writer.append(batchOf({ fields: FIELDS, rows: texts }), Uint32Array.from(texts.keys()));
    const { parts, footer } = writer.finish();
    return wrote(task, await store.put(task.outputKey, parts), PARTITIONS, footer);
  }
  assert.ok(input !== undefined);
  if (output.kind === 'combined') {
    const isStopped = () => false;
    const combined = await combinePartitions({ store, input, output, task: task.index, ...memory, isStopped });
    const identity = await store.put(task.outputKey, combined.parts);
    return wrote(task, identity, combined.rows, combined.footer());
  }
  const { streams } = await fetchPartition({ store, input, mode: 'partition', partition: task.index });
  const read = streams.flatMap(({ bytes }) => {
    const { fields, batches } = decodeStream(bytes);
    return batches.flatMap((batch) => rowsOf(fields, batch)).flat();
  });
  rows.set(task.index, read);
  return { kind: 'succeeded', output: { kind: 'inline', bytes: new Uint8Array(), rows: read.length }, statistics };
}

function wrote(
  { outputKey: key }: Task,
  identity: Awaited<ReturnType<ObjectStore['put']>>,
  rows: number,
  footer: Uint8Array,
): TaskOutcome {
  return { kind: 'succeeded', output: { kind: 'object', key, identity, rows, footer }, statistics };
}
