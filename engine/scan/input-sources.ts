import type { ObjectStore } from '../store/object-store.ts';
import type { InputSource } from './input-source.ts';
import { locationNotAllowed } from './local-file.ts';
import { localSource } from './local-source.ts';
import { allowRoots } from './locations.ts';
import { isObjectLocation, objectLocation, splitObjectLocation } from './object-location.ts';
import { objectSource } from './object-source.ts';

/** Opens a bucket as a store whose keys are the bucket's keys. */
export type OpenBucket = (bucket: string) => Promise<ObjectStore>;

/** The sources of all readable input files. */
export interface InputSources {
  /** Returns the source for a location. Throws `LOCATION_NOT_ALLOWED` if no location in its bucket is allowed. */
  at(location: string): InputSource;
  /** Allowed folders and files on this machine, with symlinks resolved. */
  readonly localRoots: readonly string[];
  /** `localRoots` and the allowed locations in buckets, in the form that executors accept. */
  readonly allowed: readonly string[];
}

/**
 * Opens the sources of the given locations. Each location is readable with everything below it. Rejects with
 * `INPUT_NOT_FOUND` if a local location does not exist, and with `LOCATION_NOT_ALLOWED` for a location in a bucket if
 * `openBucket` is absent.
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
    if (openBucket === undefined) {
      const location = objectLocation(bucket, [...allowed][0] ?? '');
      throw locationNotAllowed(location, [], 'no object store is configured');
    }
    buckets.set(bucket, objectSource(bucket, await openBucket(bucket), [...allowed]));
  }
  const localRoots = [...new Set(roots.roots.map(({ real }) => real))];
  const ofBuckets = [...keys].flatMap(([bucket, allowed]) => [...allowed].map((key) => objectLocation(bucket, key)));
  const allowed = [...localRoots, ...ofBuckets];
  const local = localSource(roots);
  return {
    localRoots,
    allowed,
    at: (location) => {
      if (!isObjectLocation(location)) return local;
      const source = buckets.get(splitObjectLocation(location).bucket);
      if (source === undefined) throw locationNotAllowed(location, allowed);
      return source;
    },
  };
}
