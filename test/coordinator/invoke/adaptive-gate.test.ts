import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AdaptiveGate, type Slot } from '../../../coordinator/invoke/adaptive-gate.ts';
import type { JobId } from '../../../engine/task/task.ts';

const signal = () => new AbortController().signal;

const job = 'job' as JobId;

async function enter(gate: AdaptiveGate, of = job): Promise<Slot> {
  const place = await gate.enter(of, signal());
  assert.ok(place !== undefined);
  return place;
}

describe('an adaptive gate', () => {
  test('admits as many attempts as it has slots, and queues the rest in order', async () => {
    const gate = new AdaptiveGate(2);
    const [first, second] = [await enter(gate), await enter(gate)];
    const order: string[] = [];
    const third = enter(gate).then(() => order.push('third'));
    const fourth = enter(gate).then(() => order.push('fourth'));
    assert.equal(gate.taken, 2);
    first.done();
    await third;
    assert.deepEqual(order, ['third']);
    second.done();
    await fourth;
    assert.deepEqual(order, ['third', 'fourth']);
  });

  test('admits the attempts of waiting jobs in turn', async () => {
    const gate = new AdaptiveGate(1);
    let place = await enter(gate);
    const order: string[] = [];
    const entered = ['large', 'large', 'large', 'small'].map((of) =>
      enter(gate, of as JobId).then((next) => {
        order.push(of);
        place = next;
      }),
    );
    for (const each of [entered[0], entered[3], entered[1], entered[2]]) {
      place.done();
      await each;
    }
    assert.deepEqual(order, ['large', 'small', 'large', 'large']);
    assert.equal(gate.taken, 1);
  });

  test('lowers its limit to the number of attempts that the platform accepted', async () => {
    const gate = new AdaptiveGate(100);
    const places = await Promise.all(Array.from({ length: 16 }, () => enter(gate)));
    for (const place of places.slice(4)) place.refused();
    assert.deepEqual([gate.limit, gate.taken], [4, 4]);
  });

  test('still admits one attempt after the platform has refused all attempts', async () => {
    const gate = new AdaptiveGate(8);
    const places = await Promise.all(Array.from({ length: 8 }, () => enter(gate)));
    for (const place of places) place.refused();
    assert.equal(gate.limit, 1);
    await enter(gate);
  });

  test('raises its limit with each success, up to the initial limit', async () => {
    const gate = new AdaptiveGate(1000);
    (await enter(gate)).refused();
    assert.equal(gate.limit, 1);
    let rounds = 0;
    for (; gate.limit < 1000 && rounds < 100; rounds += 1) {
      const places = await Promise.all(Array.from({ length: Math.floor(gate.limit) }, () => enter(gate)));
      for (const place of places) place.done();
    }
    assert.equal(gate.limit, 1000);
    assert.ok(rounds < 70, `${rounds} rounds`);
  });

  test('removes an aborted waiter from the queue', async () => {
    const gate = new AdaptiveGate(1);
    const place = await enter(gate);
    const controller = new AbortController();
    const waiting = gate.enter(job, controller.signal);
    const next = enter(gate);
    controller.abort();
    assert.equal(await waiting, undefined);
    place.done();
    await next;
    assert.equal(gate.taken, 1);
    assert.equal(await gate.enter(job, AbortSignal.abort()), undefined);
  });
});
