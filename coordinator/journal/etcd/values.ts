import { createHash } from 'node:crypto';
import { FabricError } from '../../../engine/errors.ts';
import { isBucketMissing, type ObjectStore } from '../../../engine/store/object-store.ts';
import type { JobId } from '../../../engine/task/task.ts';
import type { FencingToken } from '../../scheduler/job.ts';
import type { JobRecord } from '../../scheduler/records.ts';
import { decodeRecord } from '../decode-record.ts';
import { decodeFrames, encodeFileHeader, encodeFrame } from '../frame.ts';

/** Larger values are stored in the object store. etcd accepts requests of up to 1.5 MiB and keeps all values in memory. */
export const INLINE_LIMIT_BYTES = 256 * 1024;

/** The maximum number of keys per delete call. S3 accepts 1,000. */
const KEYS_PER_CALL = 1000;

/** The key of a stored value without the job's prefix. It contains the value's name, the token of the owner that wrote it, and its hash. */
const VALUE_KEY = /^(?<name>.+)-(?<token>\d+)-[0-9a-f]{64}$/;

/** The JSON that etcd contains in place of a value in the object store. An inline value never begins with a brace. */
interface Reference {
  readonly object: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * Returns the key prefix of a job's values. It differs from the prefix of the job's own objects, which are deleted before the job is
 * removed from the journal.
 */
function valuePrefix(job: JobId): string {
  return `journal/${job}/`;
}

/** Encodes records with their owner's token in the format of a journal file with one frame. */
export function encodeValue(token: FencingToken, records: readonly Uint8Array[]): Buffer {
  return Buffer.concat([encodeFileHeader(), encodeFrame({ token, records })]);
}

/**
 * Returns the bytes to put into etcd, which are either the value itself or a reference to the object that stores it. `name` distinguishes
 * the values of a job. Idempotent, because the key contains the hash and an existing object therefore has the same content.
 */
export async function storeValue(
  store: ObjectStore,
  job: JobId,
  token: FencingToken,
  name: string,
  value: Buffer,
): Promise<Buffer> {
  if (value.byteLength <= INLINE_LIMIT_BYTES) return value;
  const sha256 = createHash('sha256').update(value).digest('hex');
  const object = `${valuePrefix(job)}${name}-${token}-${sha256}`;
  try {
    await store.put(object, [value]);
  } catch (error) {
    if (!(error instanceof FabricError) || error.code !== 'OBJECT_EXISTS') throw error;
  }
  const reference: Reference = { object, sha256, sizeBytes: value.byteLength };
  return Buffer.from(JSON.stringify(reference));
}

/**
 * Deletes the values of a job that `goes` selects and that the token's owner or an earlier owner wrote. A late call therefore never deletes
 * the values of a later owner. Rejects with the store's errors.
 */
export async function deleteValues(
  store: ObjectStore,
  job: JobId,
  token: FencingToken,
  goes: (name: string) => boolean,
): Promise<void> {
  const prefix = valuePrefix(job);
  const keys: string[] = [];
  try {
    for await (const { key } of store.list(prefix)) {
      const { name = '', token: writer } = VALUE_KEY.exec(key.slice(prefix.length))?.groups ?? {};
      if (writer !== undefined && Number(writer) <= token && goes(name)) keys.push(key);
    }
  } catch (error) {
    if (!isBucketMissing(error)) throw error;
  }
  for (let at = 0; at < keys.length; at += KEYS_PER_CALL) await store.delete(keys.slice(at, at + KEYS_PER_CALL));
}

/** Reads the records of a value in etcd. Rejects with `JOURNAL_CORRUPT`, or with errors of the store such as `OBJECT_NOT_FOUND`. */
export async function loadValue(store: ObjectStore, job: JobId, stored: Buffer): Promise<readonly JobRecord[]> {
  const value = stored[0] === 0x7b ? await fetchReferenced(store, job, stored) : stored;
  const { frames, end, corruptAt } = decodeFrames(value);
  if (corruptAt !== undefined || end !== value.byteLength || frames.length !== 1) throw damaged(job, 'a value');
  return frames.flatMap((frame) => frame.records).map(decodeRecord);
}

async function fetchReferenced(store: ObjectStore, job: JobId, stored: Buffer): Promise<Uint8Array> {
  const { object, sha256, sizeBytes } = parseReference(job, stored);
  const value = await store.get(object, { start: 0, end: sizeBytes });
  if (createHash('sha256').update(value).digest('hex') !== sha256) throw damaged(job, `object ${object}`);
  return value;
}

function parseReference(job: JobId, stored: Buffer): Reference {
  let parsed: Partial<Reference>;
  try {
    parsed = JSON.parse(stored.toString());
  } catch {
    throw damaged(job, 'a reference');
  }
  const { object, sha256, sizeBytes } = parsed;
  if (typeof object === 'string' && typeof sha256 === 'string' && Number.isSafeInteger(sizeBytes)) {
    return { object, sha256, sizeBytes: Number(sizeBytes) };
  }
  throw damaged(job, 'a reference');
}

function damaged(job: JobId, what: string): FabricError {
  const message = `The journal of job ${job} is damaged: ${what} has unexpected content. Run the query again.`;
  return new FabricError('JOURNAL_CORRUPT', message, { details: { job } });
}
