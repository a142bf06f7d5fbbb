import type { Stage } from '../stage.ts';
import type { TypeTable } from './encode-types.ts';

/** The bytes of a stage's root, and the types that the bytes refer to by position. */
export interface EncodedRoot {
  readonly bytes: Uint8Array;
  readonly types: TypeTable;
}

/**
 * The encoded roots of stages that were written to or read from a journal. Encoding or decoding the root of a large stage takes a hundred
 * milliseconds, so each process does it at most once.
 */
const encodedRoots = new WeakMap<Stage, () => EncodedRoot>();

/** Returns the encoded root of a stage, or undefined if the stage was neither encoded nor decoded before. */
export function encodedRootOf(stage: Stage): EncodedRoot | undefined {
  return encodedRoots.get(stage)?.();
}

/** Keeps the encoded root of a stage for as long as the stage is in memory. */
export function keepEncodedRoot(stage: Stage, root: () => EncodedRoot): void {
  encodedRoots.set(stage, root);
}

/** Returns a stage without its splits. Does not decode a root that is decoded on first access, and keeps an encoded root. */
export function withoutSplits(stage: Stage): Stage {
  const { id, taskCount, output, dependsOn, threads, shuffleCompression } = stage;
  const copy: Stage = {
    id,
    get root() {
      return stage.root;
    },
    taskCount,
    scans: [],
    output,
    dependsOn,
    threads,
    ...(shuffleCompression === undefined ? {} : { shuffleCompression }),
  };
  const encoded = encodedRoots.get(stage);
  if (encoded !== undefined) encodedRoots.set(copy, encoded);
  return copy;
}
