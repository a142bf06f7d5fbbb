import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lambdaLimits } from '../../../coordinator/invoke/lambda-limits.ts';
import { EnvironmentRamp } from '../../../coordinator/invoke/local-lambda.ts';
import { lambdaModel } from '../../../functions/fabric/fabric-models.ts';

/** Returns how many of `tries` attempts the ramp admits at `nowMs`. */
function taken(ramp: EnvironmentRamp, tries: number, nowMs: number): number {
  return Array.from({ length: tries }, () => ramp.take(nowMs)).filter(Boolean).length;
}

test('admits a burst of new environments, then a constant rate, and never more than one burst at a time', () => {
  const ramp = new EnvironmentRamp(lambdaLimits.ramp);
  assert.equal(taken(ramp, 1500, 5000), 1000);
  assert.equal(taken(ramp, 500, 5000), 0);
  assert.equal(taken(ramp, 500, 6000), 100);
  assert.equal(taken(ramp, 5000, 16_000), 1000);
  assert.equal(taken(ramp, 5000, 3_600_000), 1000);
});

test('assumes that a function has cores in proportion to its memory', () => {
  for (const [memoryMiB, cores] of [
    [128, 1],
    [1769, 1],
    [3538, 2],
    [10_240, 6],
  ] as const) {
    const { coresPerTask, sharedCores } = lambdaModel(memoryMiB, 1000);
    assert.deepEqual([coresPerTask, sharedCores], [cores, false], `${memoryMiB} MiB`);
  }
});
