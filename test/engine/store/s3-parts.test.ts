import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FabricError } from '../../../engine/errors.ts';
import { RequestCounter } from '../../../engine/store/request-counts.ts';
import { blocks } from '../../../engine/store/s3/blocks.ts';
import { connectS3 } from '../../../engine/store/s3/connection.ts';
import { s3Failure } from '../../../engine/store/s3/errors.ts';
import type { S3Place } from '../../../engine/store/s3/request.ts';
import { RetryStrategy, retryDelayMs } from '../../../engine/store/s3/retry.ts';

test('blocks contain all bytes, and all except the last have the same size', async () => {
  const cases = fc.tuple(fc.array(fc.uint8Array({ maxLength: 20 })), fc.integer({ min: 1, max: 15 }));
  await fc.assert(
    fc.asyncProperty(cases, async ([parts, blockBytes]) => {
      const found = [];
      for await (const block of blocks(parts, blockBytes)) found.push(block);
      assert.deepEqual(Buffer.concat(found.map(({ bytes }) => bytes)), Buffer.concat(parts));
      const total = parts.reduce((sum, part) => sum + part.length, 0);
      assert.equal(found.length, Math.max(1, Math.ceil(total / blockBytes)));
      for (const [index, { bytes, isLast }] of found.entries()) {
        assert.equal(isLast, index === found.length - 1);
        if (!isLast) assert.equal(bytes.length, blockBytes);
      }
    }),
  );
});

test('retry delays double up to the maximum, with full jitter', () => {
  const maximum = (isThrottled: boolean) => [1, 2, 3, 4, 20].map((retry) => retryDelayMs(retry, isThrottled, 0.999999));
  assert.deepEqual(maximum(false), [49, 99, 199, 399, 4_999]);
  assert.deepEqual(maximum(true), [499, 999, 1_999, 3_999, 4_999]);
  assert.equal(retryDelayMs(3, true, 0), 0);
});

test('retries stop when the attempts of a request or the shared budget are used up', async () => {
  const failure = { errorType: 'TRANSIENT' } as const;
  const strategy = new RetryStrategy(3);
  const first = await strategy.acquireInitialRetryToken();
  const third = await strategy.refreshRetryTokenForRetry(
    await strategy.refreshRetryTokenForRetry(first, failure),
    failure,
  );
  assert.equal(third.getRetryCount(), 2);
  await assert.rejects(strategy.refreshRetryTokenForRetry(third, failure));
  await assert.rejects(strategy.refreshRetryTokenForRetry(first, { errorType: 'CLIENT_ERROR' }));
  const conflict = Object.assign(new Error(), { name: 'ConditionalRequestConflict' });
  await strategy.refreshRetryTokenForRetry(first, { errorType: 'CLIENT_ERROR', error: conflict });
  for (let used = 3; used < 500; used++) await strategy.refreshRetryTokenForRetry(first, failure);
  await assert.rejects(strategy.refreshRetryTokenForRetry(first, failure));
  strategy.recordSuccess(first);
  await strategy.refreshRetryTokenForRetry(first, failure);
});

const place: S3Place = {
  connection: connectS3({ region: 'nowhere' }),
  bucket: 'bucket',
  prefix: '',
  counter: new RequestCounter(),
  name: 's3://bucket',
};

function failure(name: string, httpStatusCode: number, message = 'made up.'): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode, attempts: 4 } });
}

for (const { thrown, message, retryable } of [
  {
    thrown: failure('SlowDown', 503),
    message: /in 4 attempts: SlowDown: made up\. .*limiting the request rate/,
    retryable: true,
  },
  { thrown: failure('InternalError', 500), message: /Try again/, retryable: true },
  { thrown: failure('ConditionalRequestConflict', 409), message: /in progress\. Try again/, retryable: true },
  { thrown: failure('AccessDenied', 403), message: /the required permissions \(s3:GetObject/, retryable: false },
  { thrown: failure('UnknownError', 403), message: /has the required permissions/, retryable: false },
  { thrown: failure('SignatureDoesNotMatch', 403), message: /does not accept these credentials/, retryable: false },
  { thrown: failure('ExpiredToken', 400), message: /have expired/, retryable: true },
  { thrown: failure('NoSuchBucket', 404), message: /Create the bucket/, retryable: false },
  { thrown: failure('PermanentRedirect', 301), message: /another region\. Set VOLLEY_S3_REGION/, retryable: false },
  { thrown: failure('SomethingNew', 418), message: /SomethingNew: made up\.$/, retryable: false },
  { thrown: failure('SomethingNew', 599), message: /SomethingNew: made up\.$/, retryable: true },
  {
    thrown: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    message: /connect ECONNREFUSED/,
    retryable: true,
  },
  { thrown: 'text', message: /: Error: text\.$/, retryable: false },
]) {
  test(`${thrown instanceof Error ? `${thrown.name} (${thrown.message})` : thrown} becomes a ${retryable ? 'retryable' : 'permanent'} STORE_FAILED error`, () => {
    const error = s3Failure('read', 'a/b', place, thrown);
    assert.deepEqual([error.code, error.retryable], ['STORE_FAILED', retryable]);
    assert.match(error.message, message);
    assert.match(error.message, /^Could not read a\/b in the store s3:\/\/bucket/);
  });
}

test('s3Failure returns a FabricError unchanged', () => {
  const error = new FabricError('OBJECT_EXISTS', 'there');
  assert.equal(s3Failure('write', 'k', place, error), error);
});
