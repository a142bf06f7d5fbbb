import { createTaskRunner, type TaskRunner } from '../../engine/execute/run-task.ts';
import { isObjectLocation } from '../../engine/scan/object-location.ts';
import { parseStoreLocation } from '../config/store-location.ts';
import { openInputStores, openStore } from '../fabric/open-store.ts';
import { childEntry } from '../process/child-entry.ts';
import type { ExecutorSettings } from './config.ts';

/** Creates the task runner of this process. Rejects as `createTaskRunner` does, and with `USAGE` for invalid locations. */
export async function startRunner(settings: ExecutorSettings): Promise<TaskRunner> {
  const { storeRoot, scratch, inputRoots, memoryMiB, s3 } = settings;
  return createTaskRunner({
    store: await openStore(parseStoreLocation(storeRoot), s3),
    scratch,
    inputRoots: inputRoots.filter((root) => !isObjectLocation(root)),
    inputStores: await openInputStores(inputRoots, s3),
    memoryMiB,
    kernelWorkerEntry: childEntry('kernel-worker'),
  });
}
