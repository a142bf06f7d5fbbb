import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeTask } from '../../../engine/task/decode-task.ts';
import { decodeTaskEnvelope, encodeTaskEnvelope, openSignedEnvelope } from '../../../engine/task/envelope.ts';
import type { SentTask } from '../../../engine/task/task.ts';
import { command } from '../../coordinator/invoke/fixture.ts';

const key = Buffer.from('a key of theirs and ours');
const other = Buffer.from('a key of another coordinator');
const nowMs = 1_000_000;
const task = command('pid', 2_000_000);
const signed = (): Record<string, unknown> => JSON.parse(encodeTaskEnvelope(task, { key, expiresMs: nowMs + 1 }));

function open(envelope: unknown, keys: readonly Uint8Array[]): SentTask {
  const { bytes, memoryMiB, deadlineMs } = openSignedEnvelope(envelope, { keys, nowMs });
  const decoded = decodeTask(bytes);
  assert.deepEqual([memoryMiB, deadlineMs], [decoded.memoryMiB, decoded.deadlineMs]);
  return decoded;
}

function refuses(envelope: unknown, reason: string, keys: readonly Uint8Array[] = [key], atMs = nowMs): void {
  assert.throws(
    () => openSignedEnvelope(envelope, { keys, nowMs: atMs }),
    (error: unknown) => {
      assert.ok(error instanceof Error && 'code' in error && 'details' in error);
      assert.deepEqual([error.code, error.details], ['TASK_REFUSED', { reason }]);
      return true;
    },
  );
}

describe('a signed task', () => {
  test('is accepted with the same key', () => {
    assert.deepEqual(open(signed(), [key]), task);
    assert.deepEqual(open(JSON.stringify(signed()), [key]), task);
  });

  test('is accepted if one of several keys matches', () => {
    assert.deepEqual(open(signed(), [other, key]), task);
  });

  test('can be decoded without checking the signature, as on Lambda', () => {
    assert.deepEqual(decodeTaskEnvelope(signed()), task);
  });

  test('is refused after it expires', () => refuses(signed(), 'expired', [key], nowMs + 1));
  test('is refused with another key', () => refuses(signed(), 'altered', [other]));
  test('is refused by an executor without keys', () => refuses(signed(), 'altered', []));
});

describe('openSignedEnvelope', () => {
  test('refuses an unsigned task', () => refuses(encodeTaskEnvelope(task), 'unsigned'));

  for (const signature of [undefined, null, 7, [], {}, { job: 'job', attempt: '1-0', mac: '' }]) {
    test(`refuses the malformed signature ${JSON.stringify(signature)}`, () =>
      refuses({ ...signed(), signature }, 'unsigned'));
  }

  for (const [name, value] of [
    ['job', 'other'],
    ['attempt', '1-1'],
    ['expires_ms', nowMs + 1_000_000],
    ['mac', ''],
    ['mac', Buffer.alloc(32).toString('base64')],
  ] as const) {
    test(`refuses a signature whose ${name} was changed to ${JSON.stringify(value)}`, () => {
      const envelope = signed();
      refuses({ ...envelope, signature: { ...Object(envelope['signature']), [name]: value } }, 'altered');
    });
  }

  test('refuses a task with the signature of another task', () => {
    const { task: swapped } = JSON.parse(encodeTaskEnvelope(command('kill')));
    refuses({ ...signed(), task: swapped }, 'altered');
  });

  test('checks the signature before decoding the task', () => {
    refuses({ ...signed(), task: 'AAAA' }, 'altered');
    refuses({ format_version: 1, task: 'AAAA' }, 'unsigned');
  });
});
