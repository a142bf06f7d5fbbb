import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../coordinator/clock.ts';
import { FabricError } from '../../engine/errors.ts';
import { allowRoots } from '../../engine/scan/locations.ts';
import { isObjectLocation } from '../../engine/scan/object-location.ts';
import { PlaceWatch } from '../serve/place-watch.ts';
import { storePlace } from '../serve/places.ts';
import { parseStoreLocation } from '../storage/location.ts';
import type { HttpConfig } from './config.ts';

/** The store of an executor, until it has answered. */
export interface AwaitedStore {
  /** Whether it has ever answered. */
  readonly wasReached: () => boolean;
  /** Rejects where it answers, late, that it cannot be used as it is set; settles never otherwise. */
  readonly wrong: Promise<never>;
  close(): void;
}

/** How long a start waits for a store that does not answer: it may be started later than this process. */
const START_MS = 3000;

/** Makes the folders of scratch and store, and looks for what tasks may read. Rejects with `USAGE` and `STORE_FAILED`, and as `allowRoots` does. */
export async function checkFolders({
  scratch,
  storeRoot,
  inputRoots,
}: Pick<HttpConfig, 'scratch' | 'storeRoot' | 'inputRoots'>): Promise<void> {
  await makeFolder(scratch, 0o700).catch((cause) => {
    const message = `The folder that tasks spill to cannot be made (--scratch, VOLLEY_SCRATCH): ${cause.message}`;
    throw new FabricError('USAGE', message, { cause });
  });
  const store = parseStoreLocation(storeRoot);
  if (store.kind === 'file') {
    await makeFolder(store.root, 0o777).catch((cause) => {
      const message = `The store's folder cannot be made (--store, VOLLEY_STORE): ${cause.message}`;
      throw new FabricError('STORE_FAILED', message, { cause });
    });
  }
  await allowRoots(
    inputRoots.filter((root) => !isObjectLocation(root)),
    '/',
  );
}

/** Makes a folder, and those above it. Node's own `recursive` never comes back where a folder above says that a new one has no place (/proc). */
async function makeFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path), mode);
    await mkdir(path, { mode });
  }
}

/** Tries a store out once. Rejects where it cannot be used as it is set; what does not answer may be started later, and is waited for, which `say` is told. */
export async function awaitStore(
  { storeRoot, s3 }: Pick<HttpConfig, 'storeRoot' | 's3'>,
  clock: Clock,
  say: (line: string) => void,
): Promise<AwaitedStore> {
  const store = await storePlace(parseStoreLocation(storeRoot), s3);
  const watch = new PlaceWatch(
    {
      ...store,
      meaning: 'Until it has answered once, this executor is not ready and gets no tasks.',
      // From then on tasks say what is wrong with it: a check is a request, and executors may be many.
      check: async (isFirst) => (isFirst ? store.check(isFirst) : undefined),
    },
    clock,
    say,
  );
  let fail: (error: unknown) => void = () => undefined;
  const wrong = new Promise<never>((_, reject) => {
    fail = reject;
  });
  wrong.catch(() => undefined);
  const begun = watch.begin(fail);
  begun.catch(fail);
  await Promise.race([begun, delay(START_MS, undefined, { ref: false })]).catch((error) => {
    watch.close();
    throw error;
  });
  return { wrong, wasReached: () => watch.wasReached, close: () => watch.close() };
}
