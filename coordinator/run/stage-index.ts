import { FabricError } from '../../engine/errors.ts';
import type { ProducedObject } from '../../engine/execute/task.ts';
import { footerBytes } from '../../engine/shuffle/decode-footer.ts';
import { encodeIndex } from '../../engine/shuffle/index.ts';
import type { ObjectIdentity, ObjectStore } from '../../engine/store/object-store.ts';

/** How much of an object's end is read to find its footer. */
const tailBytes = 8 << 10;

/** Footers read at a time: an owner that takes over may have thousands to read. */
const readsAtOnce = 16;

/**
 * Puts the shuffle index of a finished stage under `key`: from the footers that came with the outcomes, and, where an earlier
 * owner got those, from the objects themselves. Whoever writes it writes the same bytes, so one that is there already will do.
 * Rejects with `SHUFFLE_LOST` where an object is missing, changed or has no good footer; else as the store does.
 */
export async function writeStageIndex(
  store: ObjectStore,
  key: string,
  producers: readonly ProducedObject[],
  known: ReadonlyMap<string, Uint8Array>,
): Promise<ObjectIdentity> {
  const footers: Uint8Array[] = [];
  for (let at = 0; at < producers.length; at += readsAtOnce) {
    const some = producers.slice(at, at + readsAtOnce);
    footers.push(...(await Promise.all(some.map((object) => known.get(object.key) ?? readFooter(store, object)))));
  }
  try {
    return await store.put(key, [encodeIndex(footers)]);
  } catch (error) {
    if (!(error instanceof FabricError) || error.code !== 'OBJECT_EXISTS') throw error;
    const identity = await store.head(key);
    if (identity === undefined) throw error;
    return identity;
  }
}

async function readFooter(store: ObjectStore, { key, identity }: ProducedObject): Promise<Uint8Array> {
  const { sizeBytes } = identity;
  try {
    const tail = await store.get(key, { start: Math.max(0, sizeBytes - tailBytes), end: sizeBytes }, identity);
    const length = footerBytes(tail, key);
    if (length <= tail.byteLength) return tail.subarray(tail.byteLength - length);
    return await store.get(key, { start: Math.max(0, sizeBytes - length), end: sizeBytes }, identity);
  } catch (error) {
    const gone = error instanceof FabricError && (error.code === 'OBJECT_NOT_FOUND' || error.code === 'INPUT_CHANGED');
    if (!gone) throw error;
    throw new FabricError('SHUFFLE_LOST', `Shuffle object ${key} is missing or has changed.`, { cause: error });
  }
}
