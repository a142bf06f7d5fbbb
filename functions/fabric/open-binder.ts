import { join } from 'node:path';
import { type BinderClient, createBinderClient } from '../../coordinator/binder/binder-client.ts';
import { childEntry } from '../process/child-entry.ts';

/** Planning holds a plan and its constants, no data: what needs more is a mistake or an attack. */
const MEMORY_LIMIT_MIB = 1024;
const TIMEOUT_MS = 30_000;

/** Starts a binder. `localRoots`: the folders and files that it may read; `scratch`: a folder of this process's own. */
export function openBinder(localRoots: readonly string[], scratch: string): BinderClient {
  const client = createBinderClient({
    entry: childEntry('binder'),
    scratchFolder: join(scratch, 'binder'),
    localRoots,
    memoryLimitMiB: MEMORY_LIMIT_MIB,
    timeoutMs: TIMEOUT_MS,
  });
  client.warm();
  return client;
}
