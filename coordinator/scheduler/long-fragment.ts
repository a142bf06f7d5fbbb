import type { Stage } from '../../engine/plan/stage.ts';
import { encodeFragment } from '../../engine/plan/wire/encode-stages.ts';

/** A fragment of up to this many bytes travels within each task's message. */
export const INLINE_FRAGMENT_BYTES = 256 * 1024;

const known = new WeakMap<Stage, boolean>();

/**
 * Returns whether a stage's fragment is too long for its tasks' messages. It is then stored as an object of the job and sent by reference.
 */
export function isReferred(stage: Stage): boolean {
  const before = known.get(stage);
  if (before !== undefined) return before;
  const isLong = lengthOf(stage) > INLINE_FRAGMENT_BYTES;
  known.set(stage, isLong);
  return isLong;
}

/** 0 if the fragment cannot be encoded; sending it reports the error. */
function lengthOf(stage: Stage): number {
  try {
    return encodeFragment(stage).length;
  } catch {
    return 0;
  }
}
