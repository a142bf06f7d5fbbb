import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AdaptiveGate } from '../../../coordinator/invoke/adaptive-gate.ts';
import { limitAttempt } from '../../../coordinator/invoke/attempt-limits.ts';
import { takeTurns } from '../../../coordinator/invoke/take-turns.ts';
import type { JobId, TaskOutcome } from '../../../engine/task/task.ts';

const lost: TaskOutcome = { kind: 'lost', message: 'The invoker is closed.' };

describe('a throttled attempt that ends before its next turn', () => {
  for (const [why, end, expected] of [
    ['is throttled if its deadline passes', { kind: 'timed-out' }, { kind: 'throttled' }],
    ["has the invoker's outcome if the invoker ends it", lost, lost],
  ] as const) {
    test(why, async (t) => {
      const limits = limitAttempt(Date.now() + 60_000, 0, new AbortController().signal);
      t.after(limits.release);
      const refused = async (): Promise<TaskOutcome> => {
        limits.stop(end);
        return { kind: 'throttled' };
      };
      assert.deepEqual(await takeTurns(new AdaptiveGate(1), 'job' as JobId, limits, {}, refused), expected);
    });
  }
});
