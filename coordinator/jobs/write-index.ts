import { FabricError } from '../../engine/errors.ts';
import type { CombineGrid } from '../../engine/plan/blocks.ts';
import { IN_FLIGHT_BYTES, READS_AT_ONCE, readFooter, readPinned } from '../../engine/shuffle/read-footer.ts';
import { encodeIndex } from '../../engine/shuffle/stage-index.ts';
import { Gate } from '../../engine/store/gate.ts';
import type { ByteRange, ObjectIdentity, ObjectStore } from '../../engine/store/object-store.ts';
import { settleAll } from '../../engine/store/settle-all.ts';
import type { ProducedObject } from '../../engine/task/task.ts';

export interface StageIndexOptions {
  /** The grid of a combining stage. */
  readonly grid?: CombineGrid | undefined;
  /** Called right before the index is written. Throws to prevent it. */
  readonly guard?: () => void;
}

/**
 * Writes the shuffle index of a finished stage under `key`, from the footers that came with the outcomes. Footers that an earlier owner
 * received are read from the objects. Every owner writes the same bytes, so an existing index is kept. Rejects with `SHUFFLE_LOST` if an
 * object is missing, changed or has a damaged footer; otherwise as the store and the guard do.
 */
export async function writeStageIndex(
  store: ObjectStore,
  key: string,
  producers: readonly ProducedObject[],
  known: ReadonlyMap<string, Uint8Array>,
  { grid, guard }: StageIndexOptions = {},
): Promise<ObjectIdentity> {
  // After a take-over, thousands of footers may have to be read.
  const gate = new Gate(READS_AT_ONCE, IN_FLIGHT_BYTES);
  const footerOf = async (object: ProducedObject): Promise<Uint8Array> => {
    const get = (range: ByteRange) => gate.pass(range.end - range.start, () => readPinned(store, object, range));
    // A copy of the footer alone: the read covers more of the object's end.
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
