import type { Clock } from '../../coordinator/clock.ts';
import { FabricError } from '../../engine/errors.ts';
import { allowRoots } from '../../engine/scan/locations.ts';
import { isObjectLocation } from '../../engine/scan/object-location.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import { parseStoreLocation } from '../config/store-location.ts';
import { beginWatches, DependencyWatch } from '../fabric/dependency-watch.ts';
import { storeDependency } from '../fabric/store-dependency.ts';
import type { HttpConfig } from './config.ts';

/** The store of an executor, which may not have answered yet. */
export interface AwaitedStore {
  /** Whether the store has answered at least once. */
  readonly wasReached: () => boolean;
  /** Rejects if the store answers, late, that its settings are wrong; never settles otherwise. */
  readonly wrong: Promise<never>;
  close(): void;
}

/** Creates the folder into which tasks spill. Throws `USAGE`. */
export function makeScratch({ scratch }: Pick<HttpConfig, 'scratch'>): void {
  try {
    makeFolder(scratch, 0o700);
  } catch (cause) {
    const message = `The scratch folder cannot be created: ${reasonOf(cause)}. Specify a writable folder with --scratch.`;
    throw new FabricError('USAGE', message, { cause });
  }
}

/** Creates the folder of a local store, and checks that the allowed inputs exist. Rejects with `STORE_FAILED`, and as `allowRoots` does. */
export async function checkFolders({
  storeRoot,
  inputRoots,
}: Pick<HttpConfig, 'storeRoot' | 'inputRoots'>): Promise<void> {
  const store = parseStoreLocation(storeRoot);
  try {
    if (store.kind === 'file') makeFolder(store.root);
  } catch (cause) {
    const message = `The store's folder cannot be created: ${reasonOf(cause)}. Specify a writable folder with --store.`;
    throw new FabricError('STORE_FAILED', message, { cause });
  }
  await allowRoots(
    inputRoots.filter((root) => !isObjectLocation(root)),
    '/',
  );
}

/**
 * Probes a store once. Rejects if its settings are wrong. Waits in the background for a store that does not answer, because it may start
 * later, and reports that to `say`.
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
      // Later, tasks report errors of the store: each check is a request, and there may be many executors.
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
