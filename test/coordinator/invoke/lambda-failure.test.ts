import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { outcomeOfFailure } from '../../../coordinator/invoke/lambda-failure.ts';

const REPORT =
  'START RequestId: 1 Version: 3\nlast words\nEND RequestId: 1\nREPORT RequestId: 1\tDuration: 5.00 ms\tBilled Duration: 5 ms\tMemory Size: 512 MB\tMax Memory Used: ';

const failure = (errorType: string, errorMessage: string, log = '') => ({
  payload: JSON.stringify({ errorType, errorMessage }),
  log,
});

describe('a Lambda function error', () => {
  for (const [what, given] of [
    ['Sandbox.Timedout', failure('Sandbox.Timedout', 'RequestId: 1 Error: Task timed out after 3.00 seconds')],
    [
      'the older form',
      { payload: '{"errorMessage":"2026-01-01T00:00:00Z 1 Task timed out after 3.00 seconds"}', log: '' },
    ],
    ["the emulator's plain text", { payload: 'Task timed out after 3.00 seconds', log: '' }],
  ] as const) {
    test(`becomes timed-out if the function exceeded its time limit: ${what}`, () => {
      assert.deepEqual(outcomeOfFailure(given), { kind: 'timed-out' });
    });
  }

  const exit = (how: string) => `RequestId: 1 Error: Runtime exited with error: ${how}`;
  for (const [what, given] of [
    ['Runtime.OutOfMemory', failure('Runtime.OutOfMemory', exit('signal: killed'), `${REPORT}512 MB\t\n`)],
    ['killed with all memory in use', failure('Runtime.ExitError', exit('signal: killed'), `${REPORT}512 MB\t\n`)],
    ["the executor's own exit status", failure('Runtime.ExitError', exit('exit status 70'), `${REPORT}400 MB\t\n`)],
    [
      'a full heap',
      failure('Runtime.ExitError', exit('signal: aborted'), `JavaScript heap out of memory\n${REPORT}400 MB\t\n`),
    ],
  ] as const) {
    test(`becomes OUT_OF_MEMORY if the function ran out of memory: ${what}`, () => {
      const outcome = outcomeOfFailure(given);
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.deepEqual(
        [outcome.code, outcome.retryable, outcome.details],
        ['OUT_OF_MEMORY', false, { memoryMiB: 512 }],
      );
      assert.match(outcome.message, /512 MiB/);
    });
  }

  test('becomes lost for any other reason, and quotes the end of the log', () => {
    const given = failure('Runtime.ExitError', exit('signal: killed'), `${REPORT}100 MB\t\n`);
    assert.deepEqual(outcomeOfFailure(given), {
      kind: 'lost',
      message: `its function failed (Runtime.ExitError: ${exit('signal: killed')}). Its log ends with: last words`,
    });
  });

  test('becomes lost if it occurs during initialization, even after a timeout', () => {
    const message = 'Error: Init timed out after 10.00 seconds';
    assert.equal(outcomeOfFailure(failure('Sandbox.Timedout', message)).kind, 'lost');
    assert.equal(outcomeOfFailure(failure('USAGE', 'An executor needs an object store')).kind, 'lost');
  });

  test('is not retryable if the response was too large', () => {
    const outcome = outcomeOfFailure(failure('Function.ResponseSizeTooLarge', 'Response payload size exceeded'));
    assert.ok(outcome.kind === 'failed');
    assert.deepEqual([outcome.code, outcome.retryable], ['INTERNAL', false]);
  });
});
