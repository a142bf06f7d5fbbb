import { dirname } from 'node:path';
import type { Clock } from '../../coordinator/clock.ts';
import { FabricError } from '../../engine/errors.ts';
import { allowRoots } from '../../engine/scan/locations.ts';
import { isObjectLocation } from '../../engine/scan/object-location.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import { parseStoreLocation } from '../config/store-location.ts';
import { beginWatches, DependencyWatch } from '../fabric/dependency-watch.ts';
import { storeDependency } from '../fabric/store-dependency.ts';
import { removeAbandoned } from '../process/temporary-name.ts';
import type { HttpConfig } from './config.ts';

/** The store of an executor. It may not have responded yet. */
export interface AwaitedStore {
  /** Returns whether the store has responded at least once. */
  readonly wasReached: () => boolean;
  /** Rejects if a late response shows that the store's settings are wrong. Otherwise never settles. */
  readonly wrong: Promise<never>;
  close(): void;
}

/** Creates the folder into which tasks spill, and removes those of killed executors beside it. Rejects with `USAGE`. */
export async function makeScratch({ scratch }: Pick<HttpConfig, 'scratch'>): Promise<void> {
  await removeAbandoned(dirname(scratch), /^volley-executor-([0-9a-f]+-[0-9]+-[0-9a-f]+)$/);
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
 * Probes a store once. Rejects if its settings are wrong. A store that does not respond may start later, so this
 * function reports it to `say` and waits for it in the background.
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
      meaning: 'Until it answers, this executor is not ready and receives no tasks.',
      // Later, tasks report store errors. Further checks would cost one request each, from possibly many executors.
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
