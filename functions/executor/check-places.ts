import type { Clock } from '../../coordinator/clock.ts';
import { FabricError } from '../../engine/errors.ts';
import { allowRoots } from '../../engine/scan/locations.ts';
import { isObjectLocation } from '../../engine/scan/object-location.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import { parseStoreLocation } from '../config/store-location.ts';
import { beginWatches, DependencyWatch } from '../fabric/dependency-watch.ts';
import { storeDependency } from '../fabric/store-dependency.ts';
import type { HttpConfig } from './config.ts';

/** The store of an executor, until it has answered. */
export interface AwaitedStore {
  /** Whether it has ever answered. */
  readonly wasReached: () => boolean;
  /** Rejects where it answers, late, that it cannot be used as it is set; settles never otherwise. */
  readonly wrong: Promise<never>;
  close(): void;
}

/** Makes the folder of what tasks spill. Throws `USAGE`. */
export function makeScratch({ scratch }: Pick<HttpConfig, 'scratch'>): void {
  try {
    makeFolder(scratch, 0o700);
  } catch (cause) {
    const message = `The scratch folder cannot be made: ${reasonOf(cause)}. Give --scratch a folder that can be written.`;
    throw new FabricError('USAGE', message, { cause });
  }
}

/** Makes the folder of the store, where it is one, and looks for what tasks may read. Rejects with `STORE_FAILED`, and as `allowRoots` does. */
export async function checkFolders({
  storeRoot,
  inputRoots,
}: Pick<HttpConfig, 'storeRoot' | 'inputRoots'>): Promise<void> {
  const store = parseStoreLocation(storeRoot);
  try {
    if (store.kind === 'file') makeFolder(store.root);
  } catch (cause) {
    const message = `The store's folder cannot be made: ${reasonOf(cause)}. Give --store a folder that can be written.`;
    throw new FabricError('STORE_FAILED', message, { cause });
  }
  await allowRoots(
    inputRoots.filter((root) => !isObjectLocation(root)),
    '/',
  );
}

/**
 * Tries a store out once. Rejects where it cannot be used as it is set; what does not answer may be started later, and is waited for, which
 * `say` is told.
 */
export async function awaitStore(
  { storeRoot, s3 }: Pick<HttpConfig, 'storeRoot' | 's3'>,
  clock: Clock,
  say: (line: string) => void,
): Promise<AwaitedStore> {
  const store = await storeDependency(parseStoreLocation(storeRoot), s3);
  const watch = new DependencyWatch(
    {
      ...store,
      meaning: 'Until it has answered once, this executor is not ready and gets no tasks.',
      // From then on tasks say what is wrong with it: a check is a request, and executors may be many.
      check: async (isFirst) => (isFirst ? store.check(isFirst) : undefined),
    },
    clock,
    say,
  );
  const { wrong, close } = await beginWatches([watch]);
  return { wrong, wasReached: () => watch.wasReached, close };
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
