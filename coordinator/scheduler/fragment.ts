import type { Stage } from '../../engine/plan/stage.ts';
import { encodeFragment } from '../../engine/plan/wire/encode-stages.ts';

/** Up to so many bytes of fragment travel within each message of the stage's tasks. */
export const INLINE_FRAGMENT_BYTES = 256 * 1024;

const known = new WeakMap<Stage, boolean>();

/** Whether a stage's fragment is too long to travel within the messages of its tasks, and is an object of its job instead. */
export function isReferred(stage: Stage): boolean {
  const before = known.get(stage);
  if (before !== undefined) return before;
  const isLong = lengthOf(stage) > INLINE_FRAGMENT_BYTES;
  known.set(stage, isLong);
  return isLong;
}

/** 0 for one that cannot be sent at all: whoever comes to send it says why. */
function lengthOf(stage: Stage): number {
  try {
    return encodeFragment(stage).length;
  } catch {
    return 0;
  }
}
