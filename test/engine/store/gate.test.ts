import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gate } from '../../../engine/store/gate.ts';
import { settleAll } from '../../../engine/store/settle-all.ts';

/** Returns functions that start and end named work, and the names of the work that has started. */
function workbench(gate: Gate) {
  const begun: string[] = [];
  const end = new Map<string, () => void>();
  const start = (name: string, bytes: number) =>
    gate.pass(bytes, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => end.set(name, resolve));
      return name;
    });
  return { begun, start, end: (name: string) => end.get(name)?.() };
}

/** Waits until every promise that can settle has settled. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('work waits its turn for a free slot and enough bytes', async () => {
  const bench = workbench(new Gate(2, 100));
  const all = [bench.start('a', 60), bench.start('b', 60), bench.start('c', 10), bench.start('d', 10)];
  await settled();
  assert.deepEqual(bench.begun, ['a']);
  bench.end('a');
  await settled();
  assert.deepEqual(bench.begun, ['a', 'b', 'c']);
  bench.end('c');
  await settled();
  assert.deepEqual(bench.begun, ['a', 'b', 'c', 'd']);
  bench.end('b');
  bench.end('d');
  assert.deepEqual(await Promise.all(all), ['a', 'b', 'c', 'd']);
});

test('work above the byte limit runs alone', async () => {
  const bench = workbench(new Gate(5, 100));
  const all = [bench.start('small', 1), bench.start('huge', 1000), bench.start('next', 1)];
  await settled();
  assert.deepEqual(bench.begun, ['small']);
  bench.end('small');
  await settled();
  assert.deepEqual(bench.begun, ['small', 'huge']);
  bench.end('huge');
  await settled();
  bench.end('next');
  await Promise.all(all);
});

test('failed work frees its slot', async () => {
  const gate = new Gate(1, 1);
  await assert.rejects(
    gate.pass(1, () => Promise.reject(new Error('failed'))),
    /failed/,
  );
  assert.equal(await gate.pass(1, async () => 'went'), 'went');
});

test('settleAll throws the first error after all promises have settled', async () => {
  let isDone = false;
  const slow = settled().then(() => {
    isDone = true;
  });
  await assert.rejects(
    settleAll([slow, Promise.reject(new Error('first')), Promise.reject(new Error('second'))]),
    /first/,
  );
  assert.ok(isDone);
  assert.deepEqual(await settleAll([Promise.resolve(1), Promise.resolve(2)]), [1, 2]);
});
