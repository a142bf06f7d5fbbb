import { FabricError } from '../errors.ts';
import type { ByteRange, ObjectStore } from '../store/object-store.ts';
import type { ProducedObject } from '../task/task.ts';
import { footerBytes, lost } from './decode-footer.ts';
import { FOOTER_TAIL_BYTES } from './object-layout.ts';

/**
 * The number of bytes to read from the end of an object to find its footer: enough for 250 partitions, and often for a whole small object.
 */
const TAIL_BYTES = 8 << 10;

/** Concurrent reads of shuffle objects for one task or one index: enough to hide the latency of each. */
export const READS_AT_ONCE = 16;

/** Bytes requested at a time, over all reads. */
export const IN_FLIGHT_BYTES = 64 << 20;

/** One version of an object, by its key and identity. */
export type PinnedObject = Pick<ProducedObject, 'key' | 'identity'>;

/** The last bytes of an object, from offset `start` on, and its footer. */
export interface ObjectEnd {
  readonly start: number;
  readonly bytes: Uint8Array;
  /** As written by `encodeFooter`, not yet checked. Not always within `bytes`. */
  readonly footer: Uint8Array;
}

/**
 * Reads the end of a shuffle object through `get`: at least `atLeastBytes` of it (or all of it), and its footer. Calls `get` once, or
 * twice for a longer footer. Throws `SHUFFLE_LOST` if the object does not end in a footer.
 */
export async function readFooter(
  get: (range: ByteRange) => Promise<Uint8Array>,
  { key, identity: { sizeBytes } }: PinnedObject,
  atLeastBytes = TAIL_BYTES,
): Promise<ObjectEnd> {
  const start = Math.max(0, sizeBytes - Math.max(atLeastBytes, TAIL_BYTES));
  const bytes = await get({ start, end: sizeBytes });
  const length = footerBytes(bytes, key);
  if (length < FOOTER_TAIL_BYTES || length > sizeBytes) throw lost(key, 'has a footer of the wrong length');
  const footer =
    length <= bytes.length
      ? bytes.subarray(bytes.length - length)
      : await get({ start: sizeBytes - length, end: sizeBytes });
  return { start, bytes, footer };
}

/** Reads a range of a shuffle object. Rejects with `SHUFFLE_LOST` if the object is missing or was replaced, otherwise as the store does. */
export async function readPinned(
  store: Pick<ObjectStore, 'get'>,
  object: PinnedObject,
  range: ByteRange,
): Promise<Uint8Array> {
  try {
    return await store.get(object.key, range, object.identity);
  } catch (error) {
    throw asLost(object.key, error);
  }
}

function asLost(key: string, error: unknown): unknown {
  if (!(error instanceof FabricError)) return error;
  if (error.code === 'OBJECT_NOT_FOUND')
    return lost(key, 'is not in the store (coordinator and executors must have the same one)', error);
  if (error.code === 'INPUT_CHANGED') return lost(key, 'is not the one its task wrote', error);
  return error;
}
