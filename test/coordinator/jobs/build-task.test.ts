import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lambdaLimits } from '../../../coordinator/invoke/lambda-limits.ts';
import { buildTask } from '../../../coordinator/jobs/build-task.ts';
import { apply } from '../../../coordinator/scheduler/apply.ts';
import type { FencingToken } from '../../../coordinator/scheduler/job.ts';
import { attemptId } from '../../../coordinator/scheduler/keys.ts';
import type { JobState } from '../../../coordinator/scheduler/state.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import type { Split, Stage, StageGraph, StageId } from '../../../engine/plan/stage.ts';
import { BIGINT } from '../../../engine/plan/types.ts';
import { decodeTask } from '../../../engine/task/decode-task.ts';
import { encodeTask } from '../../../engine/task/encode-task.ts';
import { encodeTaskEnvelope } from '../../../engine/task/envelope.ts';
import type { Task } from '../../../engine/task/task.ts';
import { graphOf, hashed, stage, submitted, wrote } from '../scheduler/graph.ts';

const FILES = 12;
const split = (file: number): Split => ({ file, rowCount: 10, sizeBytes: 100 });

function scan(...virtual: readonly 'file_index'[]): Relation {
  const columns = virtual.map((name) => ({ kind: 'virtual', name, type: BIGINT }) as const);
  return {
    kind: 'scan',
    table: 0,
    format: { kind: 'parquet' },
    columns: [{ kind: 'table', name: 'k', type: BIGINT }, ...columns],
    filters: [],
    pruning: [],
    output: [0],
    types: [BIGINT],
  };
}

/**
 * Returns a graph of four tasks that scan a table and two tasks that read their output. Scan task t reads files t, t + 4 and t + 8,
 * except that task 3 reads two parts of file 11.
 */
function scanning(root: Relation): StageGraph {
  const splits = [0, 1, 2].map((task) => [split(task + 8), split(task), split(task + 4)]);
  const halves = [split(11), split(11)];
  const first: Stage = { ...stage(0, 4, [], hashed(2)), root, scans: [{ table: 0, tasks: [...splits, halves] }] };
  const files = Array.from({ length: FILES }, (_none, file) => ({
    location: `/data/${file}.parquet`,
    identity: { sizeBytes: 1000, version: '1' },
  }));
  const columns = [{ name: 'k', type: BIGINT }];
  return { ...graphOf(first, stage(1, 2, [0], { kind: 'result' })), tables: [{ name: 't', files, columns }] };
}

/** Starts all tasks of a stage and returns them as sent to the executors. */
function tasksOf(job: JobState, id: number, count: number): readonly Task[] {
  const attempts = Array.from({ length: count }, (_none, task) => ({
    stage: id as StageId,
    task,
    attempt: attemptId(1 as FencingToken, id * 100 + task),
  }));
  const running = attempts.reduce<JobState>(
    (state, at) => apply(state, { kind: 'attempt-started', at: 0, ...at, deadline: 1000 }),
    job,
  );
  return attempts.map((at) => buildTask(running, at));
}

describe('a task of a scan', () => {
  test('names only the files that it reads, and refers to them in its splits', () => {
    for (const [at, task] of tasksOf(submitted(scanning(scan())), 0, 4).entries()) {
      const sent = decodeTask(encodeTask(task));
      const files = sent.tables[0]?.files.map(({ location }) => location) ?? [];
      const read = sent.splits[0]?.splits.map(({ file }) => files[file]) ?? [];
      const planned = at === 3 ? [11, 11] : [at + 8, at, at + 4];
      assert.deepEqual(
        read,
        planned.map((file) => `/data/${file}.parquet`),
      );
      assert.deepEqual(new Set(files), new Set(read));
      assert.equal(files.length, new Set(planned).size);
    }
  });

  test('names all files in their original order if the query reads file_index', () => {
    const [task] = tasksOf(submitted(scanning(scan('file_index'))), 0, 1);
    assert.equal(task?.tables[0]?.files.length, FILES);
    assert.deepEqual(
      task?.splits[0]?.splits.map(({ file }) => file),
      [8, 0, 4],
    );
  });
});

test('tasks that read the same stage outputs share one object that describes them', () => {
  const job = submitted(scanning(scan()));
  const written = tasksOf(job, 0, 4).reduce<JobState>((state, { index: task, attempt, outputKey }) => {
    const about = { at: 0, stage: 0 as StageId, task, attempt };
    const begun = apply(state, { kind: 'attempt-started', ...about, deadline: 1000 });
    const outcome = wrote(outputKey);
    assert.ok(outcome.kind === 'succeeded');
    return apply(begun, { kind: 'task-ended', ...about, outcome });
  }, job);
  const [first, second] = tasksOf(written, 1, 2);
  assert.equal(first?.inputs[0]?.producers.length, 4);
  assert.equal(first?.inputs[0], second?.inputs[0]);
});

describe('a Lambda payload', () => {
  const identity = { sizeBytes: 2 ** 27, version: '"0123456789abcdef0123456789abcdef"' };
  const many = <Each>(make: (at: number) => Each): Each[] => Array.from({ length: 10_000 }, (_none, at) => make(at));
  const [whole] = tasksOf(submitted(scanning(scan())), 0, 1);
  const bytesOf = (change: Partial<Task>): number =>
    whole === undefined ? Number.NaN : Buffer.byteLength(encodeTaskEnvelope({ ...whole, ...change }));

  test('has room for a task that reads 10,000 objects from each of two stages, the maximum for any shuffle', () => {
    const key = (at: number) => `spread/abc/jobs/01jd0123456789abcdefghjkmn/stages/12/${at}-12-${100_000 + at}.shuffle`;
    const producers = many((at) => ({ key: key(at), identity, rows: 1_000_000 }));
    const sizeBytes = bytesOf({ inputs: [0, 1].map((id) => ({ stage: id, producers })) });
    assert.ok(sizeBytes < 0.6 * lambdaLimits.synchronousPayloadBytes, `${sizeBytes} bytes`);
  });

  test('has room for a task that reads 10,000 files', () => {
    const location = (at: number) =>
      `s3://company-data-lake/warehouse/orders/year=2026/month=11/day=21/part-${at}-0123456789abcdef.c000.parquet`;
    const files = many((at) => ({ location: location(at), identity }));
    const splits = many((at) => ({ file: at, rowCount: 1_000_000, sizeBytes: 2 ** 27 }));
    const tables = [{ name: 't', files, columns: [] }];
    const sizeBytes = bytesOf({ tables, splits: [{ table: 0, splits }] });
    assert.ok(sizeBytes < 0.6 * lambdaLimits.synchronousPayloadBytes, `${sizeBytes} bytes`);
  });
});
