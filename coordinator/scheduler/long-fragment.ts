import type { Stage } from '../../engine/plan/stage.ts';
import { encodeFragment } from '../../engine/plan/wire/encode-stages.ts';

/** The maximum size of a fragment that is included in task messages, in bytes. */
export const INLINE_FRAGMENT_BYTES = 256 * 1024;

const known = new WeakMap<Stage, boolean>();

/**
 * Returns whether a stage's fragment is too large for task messages. Such a fragment is stored as an object of the job and sent by
 * reference.
 */
export function isReferred(stage: Stage): boolean {
  const before = known.get(stage);
  if (before !== undefined) return before;
  const isLong = lengthOf(stage) > INLINE_FRAGMENT_BYTES;
  known.set(stage, isLong);
  return isLong;
}

/** Returns the encoded length in bytes, or 0 if the fragment cannot be encoded. The error is reported when the fragment is sent. */
function lengthOf(stage: Stage): number {
  try {
    return encodeFragment(stage).length;
  } catch {
    return 0;
  }
}
