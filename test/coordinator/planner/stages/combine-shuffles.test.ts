import assert from 'node:assert/strict';
import test from 'node:test';
import { explain } from '../../../../coordinator/planner/explain.ts';
import { chooseGrid, shuffleCost } from '../../../../coordinator/price/shuffle-cost.ts';
import { lambdaPrice, S3_STANDARD } from '../../../../coordinator/price/store-model.ts';
import { aggregate, call, col, DEAR_READS, distributed, HASH_ONLY, IN_CLOUD, join, outline, scan } from '../plans.ts';

const LIMITS = { indexEntries: 4 * 2 ** 20 };
const PLACE = {
  concurrency: 1000,
  memoryMiBPerTask: 3072,
  readBytesPerSecond: 75 * 2 ** 20,
  invokeSeconds: 0.05,
  store: S3_STANDARD,
  price: lambdaPrice(3072),
};
const shape = (producers: number, partitions: number, gigabytes: number) => ({
  producers,
  partitions,
  sizeBytes: gigabytes * 1e9,
});

test('counts one read per producer and reader, and one index read per reader, for a direct shuffle', () => {
  const { gets, puts, dollars } = shuffleCost(shape(1000, 1000, 0), PLACE);
  assert.equal(gets, 1_001_000);
  assert.equal(puts, 1001);
  const requests = gets * 0.4e-6 + puts * 5e-6;
  // Each reader waits for the index and then for 1000 objects, 16 at a time.
  const running = 1000 * 64 * 0.027 * 3 * 0.0000166667;
  assert.ok(Math.abs(dollars - requests - running) < 1e-9, `$${dollars}`);
});

test('counts the requests and invocations of a combined shuffle with 20 producer blocks and 10 partition blocks', () => {
  const cost = shuffleCost(shape(1000, 500, 0), PLACE, { producerBlocks: 20, partitionBlocks: 10 });
  assert.equal(cost.gets, 1000 * 10 + 200 + 500 * 20 + 500);
  assert.equal(cost.puts, 1000 + 1 + 200 + 1);
  assert.equal(cost.invocations, 200);
});

const cases = [
  { what: 'few tasks', is: shape(64, 64, 1), combined: false },
  { what: 'many small pieces', is: shape(1000, 1000, 10), combined: true },
  { what: 'many large pieces', is: shape(1000, 1000, 1000), combined: false },
  { what: 'more pieces than an index can hold', is: shape(10_000, 1000, 1000), combined: true },
];
for (const { what, is, combined } of cases) {
  test(`chooses a ${combined ? 'combined' : 'direct'} shuffle for ${what}`, () => {
    const grid = chooseGrid(is, PLACE, LIMITS);
    assert.equal(grid !== undefined, combined);
    if (grid === undefined) return;
    const sizeBytes = is.sizeBytes / (grid.producerBlocks * grid.partitionBlocks);
    assert.ok(sizeBytes < 3072 * 2 ** 20, 'a combiner can hold its part');
    assert.ok(shuffleCost(is, PLACE, grid).dollars < shuffleCost(is, PLACE).dollars);
  });
}

const grouped = aggregate(join('inner', scan(0, 2), scan(1, 2), [[0, 0]]), [col(1)], [call('sum', [col(0)])]);

test('inserts a combining stage between producers and readers', () => {
  const graph = distributed(grouped, [16, 16], { ...HASH_ONLY, fanout: 8 }, DEAR_READS);
  const stages = outline(graph);
  assert.equal(stages.filter((stage) => /^combine \d+ x\d+ -> combined$/.test(stage)).length, 3, stages.join('\n'));
  for (const { output, root, taskCount } of graph.stages) {
    if (output.kind !== 'combined') continue;
    assert.equal(taskCount, output.producerBlocks * output.partitionBlocks);
    assert.ok(root.kind === 'input' && root.mode === 'combine');
    const source = graph.stages[root.stage];
    assert.ok(source?.output.kind === 'hash' && source.output.blocks === output.partitionBlocks);
    assert.equal(source.taskCount, output.producers);
  }
  assert.match(
    explain(graph),
    /8 partitions \(each task combines 1 of \d groups of 8 producers and 1 of \d groups of partitions\)/,
  );
});

test('keeps small shuffles direct at S3 prices', () => {
  const graph = distributed(grouped, [16, 16], { ...HASH_ONLY, fanout: 8 }, IN_CLOUD);
  assert.ok(graph.stages.every(({ output }) => output.kind !== 'combined'));
});

test('rejects a fan-out whose index would be too large on one machine, but accepts it in the cloud by combining shuffles', () => {
  const settings = { ...HASH_ONLY, fanout: 3000 };
  const refused = { code: 'INVALID_SETTING' };
  assert.throws(() => distributed(grouped, [3000, 3000], settings), refused);
  const graph = distributed(grouped, [3000, 3000], settings, IN_CLOUD);
  assert.equal(graph.stages.filter(({ output }) => output.kind === 'combined').length, 3);
  assert.ok((graph.keyPrefixes ?? 1) > 1);
});
