import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hedging } from '../../../engine/store/s3/hedging.ts';

const KiB = 1 << 10;
const MiB = 1 << 20;

/** Records `count` reads of a size. The nth read took n times `unitMs`. */
function recorded(hedging: Hedging, sizeBytes: number, count: number, unitMs = 1): Hedging {
  for (let index = 1; index <= count; index++) hedging.record(sizeBytes, index * unitMs);
  return hedging;
}

test('returns no delay until enough reads of the size are recorded', () => {
  const hedging = recorded(new Hedging(0.1), KiB, 31);
  assert.equal(hedging.delayMs(KiB), undefined);
  hedging.record(KiB, 32);
  assert.equal(hedging.delayMs(KiB), 31);
  assert.equal(hedging.delayMs(16 * MiB), undefined);
});

test('returns the 95th percentile of the latest reads of the size as the delay', () => {
  const hedging = recorded(new Hedging(0.1), KiB, 256, 10);
  assert.equal(hedging.delayMs(KiB), 2440);
  assert.equal(hedging.delayMs(64 * KiB), 2440);
  assert.equal(hedging.delayMs(64 * KiB + 1), undefined);
  recorded(hedging, 16 * MiB, 32, 100);
  assert.equal(hedging.delayMs(16 * MiB), 3100);
  assert.equal(hedging.delayMs(KiB), 2440);
  for (let index = 0; index < 256; index++) hedging.record(KiB, 20);
  assert.equal(hedging.delayMs(KiB), 20);
});

test('never returns less than the minimum delay, even for a fast store', () => {
  const hedging = new Hedging(0.1);
  for (let index = 0; index < 64; index++) hedging.record(KiB, 0.4);
  assert.equal(hedging.delayMs(KiB), 5);
});

test('limits second requests to their share of the reads, with at most 8 in a burst', () => {
  const hedging = recorded(new Hedging(0.1), KiB, 10_000);
  const granted = () => {
    let count = 0;
    while (hedging.mayHedge()) count += 1;
    return count;
  };
  assert.equal(granted(), 8);
  assert.equal(granted(), 0);
  recorded(hedging, KiB, 55);
  assert.equal(granted(), 5);
});

test('a share of 0 disables second requests', () => {
  assert.equal(recorded(new Hedging(0), KiB, 1_000).delayMs(KiB), undefined);
});
