import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lambdaBursts } from '../../../scripts/bench/lambda-bursts.ts';

const INVOCATIONS = 1000;
const MAX_MS = 2500;
/** Other processes share the machine: one of so many has to be fast enough. */
const BURSTS = 10;

test(`${INVOCATIONS} invocations start and end within ${MAX_MS} ms where each takes 30 ms`, async (t) => {
  const tookMs: number[] = [];
  for await (const { wallMs, cpuMs } of lambdaBursts(
    fileURLToPath(new URL('./fake-lambda.ts', import.meta.url)),
    INVOCATIONS,
  )) {
    t.diagnostic(`${Math.round(wallMs)} ms, ${(cpuMs / INVOCATIONS).toFixed(2)} ms of CPU each`);
    tookMs.push(wallMs);
    if (wallMs < MAX_MS || tookMs.length === BURSTS) break;
  }
  assert.ok(Math.min(...tookMs) < MAX_MS, `${tookMs} ms`);
});
