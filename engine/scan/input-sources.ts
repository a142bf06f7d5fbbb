import { FabricError } from '../errors.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { InputSource } from './input-source.ts';
import { localSource } from './local-source.ts';
import { allowRoots } from './locations.ts';
import { isObjectLocation, objectLocation, splitObjectLocation } from './object-location.ts';
import { objectSource } from './object-source.ts';

/** Opens a bucket as a store whose keys are the bucket's own. */
export type OpenBucket = (bucket: string) => Promise<ObjectStore>;

/** All places that input files may be read from. */
export interface InputSources {
  /** The place a location is in. Throws `LOCATION_NOT_ALLOWED` where nothing of it may be read. */
  at(location: string): InputSource;
  /** Folders and files of this machine, symlinks resolved. */
  readonly localRoots: readonly string[];
  /** Those, and what is allowed of buckets, as executors are told. */
  readonly allowed: readonly string[];
}

/**
 * The places of some locations: those and all below them may be read. Rejects with `INPUT_NOT_FOUND` for local ones that are missing, and
 * with `LOCATION_NOT_ALLOWED` for those of buckets where there is nothing to open them with.
 */
export async function openInputSources(
  locations: readonly string[],
  workingFolder: string,
  openBucket?: OpenBucket,
): Promise<InputSources> {
  const roots = await allowRoots(
    locations.filter((location) => !isObjectLocation(location)),
    workingFolder,
  );
  const keys = new Map<string, Set<string>>();
  for (const { bucket, key } of locations.filter(isObjectLocation).map(splitObjectLocation)) {
    keys.set(bucket, (keys.get(bucket) ?? new Set()).add(key));
  }
  const buckets = new Map<string, InputSource>();
  for (const [bucket, allowed] of keys) {
    if (openBucket === undefined) throw notAllowed(objectLocation(bucket, [...allowed][0] ?? ''), []);
    buckets.set(bucket, objectSource(bucket, await openBucket(bucket), [...allowed]));
  }
  const localRoots = [...new Set(roots.roots.map(({ real }) => real))];
  const ofBuckets = [...keys].flatMap(([bucket, allowed]) => [...allowed].map((key) => objectLocation(bucket, key)));
  const local = localSource(roots);
  return {
    localRoots,
    allowed: [...localRoots, ...ofBuckets],
    at: (location) => {
      if (!isObjectLocation(location)) return local;
      const source = buckets.get(splitObjectLocation(location).bucket);
      if (source === undefined) throw notAllowed(location, ofBuckets);
      return source;
    },
  };
}

function notAllowed(location: string, allowed: readonly string[]): FabricError {
  const named = allowed.length === 0 ? 'no bucket is' : `of buckets only these are: ${allowed.slice(0, 5).join(', ')}`;
  return new FabricError(
    'LOCATION_NOT_ALLOWED',
    `The location ${location} is not allowed: ${named}. Name it with --data or --table; executors that stand alone have a list of their own, given with --allow.`,
    { details: { location } },
  );
}
