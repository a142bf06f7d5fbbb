import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apply } from '../../../coordinator/scheduler/apply.ts';
import { decide } from '../../../coordinator/scheduler/decide.ts';
import type { FencingToken } from '../../../coordinator/scheduler/job.ts';
import { reconcile } from '../../../coordinator/scheduler/reconcile.ts';
import { stageOf } from '../../../coordinator/scheduler/state.ts';
import { TaskList } from '../../../coordinator/scheduler/task-list.ts';
import type { TaskState } from '../../../coordinator/scheduler/task-state.ts';
import type { AttemptId } from '../../../engine/task/task.ts';
import { graphOf, hashed, seeded, stage, submitted, wrote } from './graph.ts';

const pending: TaskState = { kind: 'pending', failures: 0 };
const waiting = (notBefore: number): TaskState => ({ kind: 'waiting', failures: 1, notBefore });

describe('a list of tasks', () => {
  for (const length of [0, 1, 127, 128, 129, 1000]) {
    test(`equals an array of ${length} tasks after the same changes`, () => {
      const random = seeded(length);
      const array: TaskState[] = Array.from({ length }, () => pending);
      let list = TaskList.of(array);
      for (let change = 0; change < Math.min(length, 50); change += 1) {
        const task = Math.floor(random() * length);
        const before = list;
        array[task] = waiting(change);
        list = list.with(task, waiting(change));
        assert.deepEqual([...list.changedSince(before)], [[task, waiting(change)]]);
      }
      assert.deepEqual([...list], array);
      assert.deepEqual([...list.entries()], [...array.entries()]);
      assert.deepEqual(list, TaskList.of(array));
      assert.equal(list.at(length), undefined);
      assert.throws(() => list.with(length, pending), RangeError);
    });
  }
});

describe('the end of one of 100,000 tasks', () => {
  const context = { now: 10, random: () => 0, token: 1 as FencingToken, concurrency: 1000 };
  const job = submitted(graphOf(stage(0, 100_000, [], hashed(4)), stage(1, 4, [0], { kind: 'result' })));
  const begun = decide(job, { kind: 'tick' }, context).reduce(apply, job);
  const attempt = '1-7' as AttemptId;
  const key = 'jobs/job/stages/0/7-1-7.shuffle';
  const event = {
    kind: 'attempt-ended',
    stage: stageOf(job, 0).stage.id,
    task: 7,
    attempt,
    outcome: wrote(key),
  } as const;
  const records = decide(begun, event, context);
  const after = records.reduce(apply, begun);

  test('produces one end record and one start record', () => {
    assert.deepEqual(
      records.map((record) => record.kind),
      ['task-ended', 'attempt-started'],
    );
  });

  test('leads to a state that shares all unchanged parts with the previous state', () => {
    const [before, now] = [stageOf(begun, 0).tasks.chunks, stageOf(after, 0).tasks.chunks];
    assert.ok(now.length > 100);
    assert.equal(now.filter((chunk, at) => chunk !== before[at]).length, 2);
    assert.equal(stageOf(after, 1), stageOf(begun, 1));
  });

  test('has effects only for the ended and the started task', () => {
    assert.deepEqual(
      reconcile(after, begun).map((effect) => effect.kind),
      ['stop-attempt', 'run-attempt', 'wake'],
    );
    assert.equal(reconcile(after).filter((effect) => effect.kind === 'run-attempt').length, 1000);
  });
});
