import { openWriterPool, type WriterPool } from '../../coordinator/front/writer/writer-pool.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import type { S3Access, S3Settings } from '../config/s3-settings.ts';
import type { StoreLocation } from '../config/store-location.ts';
import { childEntry, childNodeOptions } from '../process/child-entry.ts';
import type { Machine } from '../process/machine.ts';
import { openStore } from './open-store.ts';

const MAX_WRITERS = 4;
/**
 * A writer's share of the machine's memory, within the bounds below. Values of up to 512 MiB have several copies in
 * memory while they are written.
 */
const MEMORY_SHARE = 0.25;
const MIN_MEMORY_MIB = 512;
const MAX_MEMORY_MIB = 3072;

/** The start parameters of a writer, passed as JSON in its first argument. */
interface WriterStart {
  readonly store: StoreLocation;
  readonly s3: S3Settings;
}

/** Opens the processes that write results from a store. */
export function openWriters(store: StoreLocation, s3: S3Access, machine: Machine): WriterPool {
  const start: WriterStart = { store, s3: s3.settings };
  const share = Math.floor(machine.memoryMiB * MEMORY_SHARE);
  return openWriterPool({
    entry: childEntry('result-writer'),
    arguments: [JSON.stringify(start)],
    execArgv: childNodeOptions(),
    environment: store.kind === 's3' ? s3.environment : {},
    memoryLimitMiB: Math.min(MAX_MEMORY_MIB, Math.max(MIN_MEMORY_MIB, share)),
    count: Math.min(MAX_WRITERS, Math.max(2, machine.cores)),
  });
}

/** Opens the store of a writer from its argument. */
export function openWriterStore(argument: string): Promise<ObjectStore> {
  // The cast is safe, because the parent is this program.
  const { store, s3 } = JSON.parse(argument) as WriterStart;
  return openStore(store, s3);
}
