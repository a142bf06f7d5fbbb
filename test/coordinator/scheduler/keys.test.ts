import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { keyPrefixCount, requestRate } from '../../../coordinator/planner/stages/key-prefixes.ts';
import { S3_STANDARD } from '../../../coordinator/price/store-model.ts';
import type { FencingToken } from '../../../coordinator/scheduler/job.ts';
import { attemptId, indexKey, jobPrefixes, outputKey } from '../../../coordinator/scheduler/keys.ts';
import type { Stage, StageId } from '../../../engine/plan/stage.ts';
import { READS_AT_ONCE } from '../../../engine/shuffle/read-footer.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { IN_CLOUD, LAPTOP } from '../planner/plans.ts';
import { graphOf, hashed, stage } from './graph.ts';

const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31);
const attempt = attemptId(1 as FencingToken, 7);

/** Returns the two stages of a shuffle. The second stage returns the result. */
function shuffle(producers: number, readers: number): readonly [Stage, Stage] {
  return [stage(0, producers, [], hashed(readers)), stage(1, readers, [0], { kind: 'result' })];
}

const counts = fc.integer({ min: 1, max: 10_000 });

test('keeps the requests for each key prefix below the limit of the store', (context) => {
  context.diagnostic(`TEST_SEED=${seed}`);
  const check = (job: string, producers: number, readers: number, concurrency: number) => {
    const stages = shuffle(producers, readers);
    const fabric = { ...IN_CLOUD, concurrency };
    const keyPrefixes = keyPrefixCount(stages, fabric);
    const { getsPerSecond, putsPerSecond } = requestRate(stages, fabric);
    const keyed = { job: job as JobId, graph: { keyPrefixes } };
    // Each object has one prefix, so a shuffle with fewer objects than prefixes cannot use all prefixes.
    fc.pre(Math.min(producers, readers) >= keyPrefixes);
    const shareOf = (part: readonly Stage[]) => {
      const objects = new Map<string, number>();
      const keys = part.flatMap((of) => Array.from(Array(of.taskCount), (_, at) => outputKey(keyed, of, at, attempt)));
      for (const key of keys) objects.set(prefixIn(key), (objects.get(prefixIn(key)) ?? 0) + 1);
      return Math.max(...objects.values()) / keys.length;
    };
    // Every object is written once and read once per reader, so requests are distributed over the prefixes like objects.
    const gets = getsPerSecond * shareOf([stages[0]]);
    const puts = putsPerSecond * shareOf(stages);
    assert.ok(gets <= S3_STANDARD.getsPerSecondPerPrefix, `${gets} gets per second`);
    assert.ok(puts <= S3_STANDARD.putsPerSecondPerPrefix, `${puts} puts per second`);
  };
  fc.assert(fc.property(fc.uuid(), counts, counts, fc.integer({ min: 1, max: 5_000 }), check), { seed });
});

test('spreads the first reads of concurrent readers over different prefixes', () => {
  // Reader r first reads from 16 producers, starting with producer r (engine/shuffle/read.ts).
  const stages = shuffle(1_000, 1_000);
  const keyPrefixes = keyPrefixCount(stages, { ...IN_CLOUD, concurrency: 1_000 });
  const keyed = { job: 'j' as JobId, graph: { keyPrefixes } };
  const asked = new Map<string, number>();
  for (let reader = 0; reader < 1_000; reader += 1) {
    for (let read = 0; read < READS_AT_ONCE; read += 1) {
      const key = outputKey(keyed, stages[0], (reader + read) % 1_000, attempt);
      const prefix = prefixIn(key);
      asked.set(prefix, (asked.get(prefix) ?? 0) + 1);
    }
  }
  assert.ok(keyPrefixes > 100, `${keyPrefixes} prefixes`);
  assert.ok(Math.max(...asked.values()) <= (1.2 * 1_000 * READS_AT_ONCE) / keyPrefixes);
});

test('places every key of a job under one of its prefixes and under no prefix of another job', (context) => {
  context.diagnostic(`TEST_SEED=${seed}`);
  const powers = fc.integer({ min: 0, max: 12 }).map((power) => 2 ** power);
  const jobs = fc.tuple(fc.uuid(), fc.constantFrom('', '1')).map(([id, more]) => [id, `${id}${more || '0'}`] as const);
  const check = ([job, other]: readonly [string, string], keyPrefixes: number, task: number, restarts: number) => {
    const keyed = { job: job as JobId, graph: { keyPrefixes } };
    const prefixes = jobPrefixes(keyed);
    assert.equal(new Set(prefixes).size, keyPrefixes);
    assert.deepEqual(prefixes, prefixes.toSorted());
    const [producer, reader] = shuffle(3, 3);
    const keys = [
      outputKey(keyed, producer, task, attempt),
      outputKey(keyed, reader, task, attempt),
      indexKey(keyed, 0 as StageId, restarts),
    ];
    assert.equal(new Set(keys).size, keys.length);
    for (const key of keys) assert.equal(prefixes.filter((prefix) => key.startsWith(prefix)).length, 1);
    for (const count of [1, keyPrefixes]) {
      const others = jobPrefixes({ job: other as JobId, graph: { keyPrefixes: count } });
      for (const key of keys) assert.ok(!others.some((prefix) => key.startsWith(prefix)));
    }
  };
  fc.assert(fc.property(jobs, powers, fc.nat(9_999), fc.nat(2), check), { seed, numRuns: 50 });
});

test('does not spread the keys of small or local jobs', () => {
  const job = 'j' as JobId;
  assert.equal(keyPrefixCount(shuffle(50, 50), IN_CLOUD), 1);
  assert.equal(keyPrefixCount(shuffle(10_000, 10_000), LAPTOP), 1);
  assert.deepEqual(jobPrefixes({ job, graph: graphOf() }), ['jobs/j/']);
  assert.equal(outputKey({ job, graph: graphOf() }, shuffle(2, 2)[0], 1, attempt), 'jobs/j/stages/0/1-1-7.shuffle');
});

test('spreads keys for the number of concurrent reads that an executor makes', () => {
  assert.equal(S3_STANDARD.readsAtOnce, READS_AT_ONCE);
});

function prefixIn(key: string): string {
  return key.slice(0, key.indexOf('jobs/'));
}
