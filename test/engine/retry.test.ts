import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Backoff, backoffMs, jitteredMs } from '../../engine/retry.ts';

const exact: Backoff = { firstMs: 100, longestMs: 1000, jitter: 0 };

describe('backoffMs', () => {
  test('doubles the delay with each failure, up to the maximum', () => {
    const delays = [1, 2, 3, 4, 5, 50, 5000].map((failures) => backoffMs(exact, failures, 0.5));
    assert.deepEqual(delays, [100, 200, 400, 800, 1000, 1000, 1000]);
  });

  for (const [jitter, least] of [
    [0, 400],
    [0.5, 200],
    [1, 0],
  ] as const) {
    test(`randomizes the delay with a jitter of ${jitter}`, () => {
      const delays = [0, 0.5, 1].map((random) => backoffMs({ ...exact, jitter }, 3, random));
      assert.deepEqual(delays, [least, (least + 400) / 2, 400]);
    });
  }
});

test('jitteredMs never returns more than the delay', () => {
  assert.deepEqual(
    [0, 0.25, 1].map((random) => jitteredMs(80, 0.5, random)),
    [40, 50, 80],
  );
});
