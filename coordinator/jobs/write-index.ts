import { FabricError } from '../../engine/errors.ts';
import type { CombineGrid } from '../../engine/plan/blocks.ts';
import { IN_FLIGHT_BYTES, READS_AT_ONCE, readFooter, readPinned } from '../../engine/shuffle/read-footer.ts';
import { encodeIndex } from '../../engine/shuffle/stage-index.ts';
import { Gate } from '../../engine/store/gate.ts';
import type { ByteRange, ObjectIdentity, ObjectStore } from '../../engine/store/object-store.ts';
import { settleAll } from '../../engine/store/settle-all.ts';
import type { ProducedObject } from '../../engine/task/task.ts';

export interface StageIndexOptions {
  /** The grid of the stage, if it is a combining stage. */
  readonly grid?: CombineGrid | undefined;
  /** Called immediately before the index is written. Can throw to prevent the write. */
  readonly guard?: () => void;
}

/**
 * Writes the shuffle index of a finished stage under `key`. The index is built from the footers that executors returned with the outcomes.
 * Footers that an earlier owner received are read from the objects. Every owner writes the same bytes, so an existing index is kept.
 * Rejects with `SHUFFLE_LOST` if an object is missing, has changed or has a damaged footer. Otherwise rejects with errors of the store and
 * the guard.
 */
export async function writeStageIndex(
  store: ObjectStore,
  key: string,
  producers: readonly ProducedObject[],
  known: ReadonlyMap<string, Uint8Array>,
  { grid, guard }: StageIndexOptions = {},
): Promise<ObjectIdentity> {
  // After a take-over, thousands of footers may have to be read, so the reads are limited.
  const gate = new Gate(READS_AT_ONCE, IN_FLIGHT_BYTES);
  const footerOf = async (object: ProducedObject): Promise<Uint8Array> => {
    const get = (range: ByteRange) => gate.pass(range.end - range.start, () => readPinned(store, object, range));
    // Only the footer is copied, because the read covers more of the object's end.
    return known.get(object.key) ?? (await readFooter(get, object)).footer.slice();
  };
  const footers = await settleAll(producers.map(footerOf));
  guard?.();
  try {
    return await store.put(key, [encodeIndex(footers, grid)]);
  } catch (error) {
    if (!(error instanceof FabricError) || error.code !== 'OBJECT_EXISTS') throw error;
    const identity = await store.head(key);
    if (identity === undefined) throw error;
    return identity;
  }
}
