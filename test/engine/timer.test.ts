import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { sleep, systemTimer } from '../../engine/timer.ts';
import { VirtualClock } from '../../scripts/sim/virtual-clock.ts';

describe('sleep', () => {
  test('returns after the delay', async () => {
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

  test('returns immediately if the signal has already aborted, and cancels its timer', async () => {
    const cancel = mock.fn();
    await sleep({ after: () => cancel }, 250, AbortSignal.abort());
    assert.equal(cancel.mock.callCount(), 1);
  });

  test('caps delays at the maximum of setTimeout', async () => {
    const controller = new AbortController();
    const sleeping = sleep(systemTimer, Number.POSITIVE_INFINITY, controller.signal);
    const first = await Promise.race([sleeping.then(() => 'ended'), sleep(systemTimer, 20).then(() => 'sleeps')]);
    assert.equal(first, 'sleeps');
    controller.abort();
    await sleeping;
  });
});
