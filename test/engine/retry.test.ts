import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { type Backoff, backoffMs, jitteredMs, sleep } from '../../engine/retry.ts';
import { systemTimer } from '../../engine/timer.ts';
import { VirtualClock } from '../../scripts/sim/virtual-clock.ts';

const exact: Backoff = { firstMs: 100, longestMs: 1000, jitter: 0 };

describe('backoffMs', () => {
  test('doubles the delay with each failure up to the longest', () => {
    const delays = [1, 2, 3, 4, 5, 50, 5000].map((failures) => backoffMs(exact, failures, 0.5));
    assert.deepEqual(delays, [100, 200, 400, 800, 1000, 1000, 1000]);
  });

  for (const [jitter, least] of [
    [0, 400],
    [0.5, 200],
    [1, 0],
  ] as const) {
    test(`spreads the delay over its share ${jitter}`, () => {
      const delays = [0, 0.5, 1].map((random) => backoffMs({ ...exact, jitter }, 3, random));
      assert.deepEqual(delays, [least, (least + 400) / 2, 400]);
    });
  }
});

test('jitteredMs never exceeds the delay', () => {
  assert.deepEqual(
    [0, 0.25, 1].map((random) => jitteredMs(80, 0.5, random)),
    [40, 50, 80],
  );
});

describe('sleep', () => {
  test('returns once the delay has passed', async () => {
    const clock = new VirtualClock(0);
    await clock.run(sleep(clock, 250));
    assert.equal(clock.now(), 250);
  });

  test('returns early when the signal aborts', async () => {
    const clock = new VirtualClock(0);
    const controller = new AbortController();
    clock.after(10, () => controller.abort());
    await clock.run(sleep(clock, 250, controller.signal));
    assert.equal(clock.now(), 10);
  });

  test('returns at once when the signal has aborted, and cancels its timer', async () => {
    const cancel = mock.fn();
    await sleep({ after: () => cancel }, 250, AbortSignal.abort());
    assert.equal(cancel.mock.callCount(), 1);
  });

  test('cuts delays that setTimeout does not accept', async () => {
    const controller = new AbortController();
    const sleeping = sleep(systemTimer, Number.POSITIVE_INFINITY, controller.signal);
    const first = await Promise.race([sleeping.then(() => 'ended'), sleep(systemTimer, 20).then(() => 'sleeps')]);
    assert.equal(first, 'sleeps');
    controller.abort();
    await sleeping;
  });
});
