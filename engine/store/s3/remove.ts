import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { FabricError } from '../../errors.ts';
import { sleep, systemTimer } from '../../timer.ts';
import { settleAll } from '../settle-all.ts';
import { fullKey, s3Failure } from './errors.ts';
import { counted, type S3Place } from './request.ts';
import { retryDelayMs } from './retry.ts';

/** S3's limit of keys per request. */
const BATCH = 1_000;

/** The maximum number of attempts to delete keys after temporary failures. */
const ROUNDS = 6;

/** S3's error codes for failures that a retry may resolve. */
const PASSING = new Set(['InternalError', 'SlowDown', 'ServiceUnavailable', 'OperationAborted']);

interface KeyError {
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/**
 * Deletes objects, 1,000 per request. If some objects cannot be deleted, deletes all others and rejects with the number
 * of failures and the first reason.
 */
export async function remove(place: S3Place, keys: readonly string[]): Promise<void> {
  const full = [...new Set(keys)].map((key) => fullKey(place, key));
  const batches = Array.from({ length: Math.ceil(full.length / BATCH) }, (_, batch) =>
    full.slice(batch * BATCH, (batch + 1) * BATCH),
  );
  const errors = (await settleAll(batches.map((batch) => removeBatch(place, batch)))).flat();
  const [first] = errors;
  if (first === undefined) return;
  const key = first.key.slice(place.prefix.length);
  const others = errors.length > 1 ? ` and ${errors.length - 1} other objects` : '';
  throw new FabricError(
    'STORE_FAILED',
    `Could not delete ${key}${others} in the store ${place.name}: ${first.code}: ${first.message.replace(/\.$/, '')}.`,
    { retryable: errors.every(({ code }) => PASSING.has(code)), details: { key, keys: errors.length } },
  );
}

/** Deletes one batch of keys, and returns the errors of the keys that could not be deleted. */
async function removeBatch(place: S3Place, keys: readonly string[]): Promise<readonly KeyError[]> {
  let left = await removeOnce(place, keys);
  for (let round = 1; round < ROUNDS; round++) {
    const again = left.filter(({ code }) => PASSING.has(code));
    if (again.length === 0) break;
    await sleep(systemTimer, retryDelayMs(round, true, Math.random()));
    const failed = await removeOnce(
      place,
      again.map(({ key }) => key),
    );
    left = [...left.filter(({ code }) => !PASSING.has(code)), ...failed];
  }
  return left;
}

async function removeOnce(place: S3Place, keys: readonly string[]): Promise<readonly KeyError[]> {
  const command = new DeleteObjectsCommand({
    Bucket: place.bucket,
    Delete: { Quiet: true, Objects: keys.map((Key) => ({ Key })) },
  });
  try {
    const { Errors } = await place.connection.client.send(counted(place, 'delete', command));
    return (Errors ?? [])
      .map(({ Key, Code, Message }) => ({
        key: Key ?? '',
        code: Code ?? 'Error',
        message: Message ?? 'no reason given',
      }))
      .filter(({ code }) => code !== 'NoSuchKey');
  } catch (error) {
    throw s3Failure('delete', keys.length === 1 ? (keys[0] ?? '').slice(place.prefix.length) : '', place, error);
  }
}
