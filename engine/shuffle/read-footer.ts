import { FabricError } from '../errors.ts';
import type { ByteRange, ObjectStore } from '../store/object-store.ts';
import type { ProducedObject } from '../task/task.ts';
import { footerBytes, lost } from './decode-footer.ts';
import { FOOTER_TAIL_BYTES } from './object-layout.ts';

/**
 * The number of bytes to read from the end of an object to find its footer. It is enough for 250 partitions, and often
 * for a whole small object.
 */
const TAIL_BYTES = 8 << 10;

/**
 * The maximum number of concurrent reads of shuffle objects for one task or one index. It is enough to hide the latency
 * of each read.
 */
export const READS_AT_ONCE = 16;

/** The maximum number of bytes requested at the same time, over all reads. */
export const IN_FLIGHT_BYTES = 64 << 20;

/** One version of an object, identified by key and identity. */
export type PinnedObject = Pick<ProducedObject, 'key' | 'identity'>;

/** The last bytes of an object, starting at offset `start`, and the object's footer. */
export interface ObjectEnd {
  readonly start: number;
  readonly bytes: Uint8Array;
  /** The footer as `encodeFooter` wrote it, not yet verified. It may be longer than `bytes`. */
  readonly footer: Uint8Array;
}

/**
 * Reads the end of a shuffle object through `get`: its footer, and at least its last `atLeastBytes` bytes (or the whole
 * object, if it is shorter). Calls `get` once, or twice for a long footer. Throws `SHUFFLE_LOST` if the object does not
 * end with a footer.
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

/**
 * Reads a range of a shuffle object. Rejects with `SHUFFLE_LOST` if the object is missing or was replaced, and
 * otherwise with the store's error.
 */
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
    return lost(key, 'is not in the store. Check that the coordinator and the executors use the same store', error);
  if (error.code === 'INPUT_CHANGED') return lost(key, 'is not the object that its task wrote', error);
  return error;
}
