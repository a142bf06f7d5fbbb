import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lambdaBursts } from '../../../scripts/bench/lambda-bursts.ts';

const INVOCATIONS = 1000;
const MAX_MS = 2500;
/** The number of bursts to try. Other processes share the machine, so only one burst has to be fast enough. */
const BURSTS = 10;

test(`the Lambda invoker completes ${INVOCATIONS} concurrent invocations of 30 ms within ${MAX_MS} ms`, async (t) => {
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
