import { join, resolve } from 'node:path';
import { type BinderClient, createBinderClient } from '../../coordinator/binder/binder-client.ts';
import { type Catalog, type CatalogSources, createCatalog } from '../../coordinator/catalog/discover.ts';
import type { Config } from '../config/config.ts';
import { childEntry } from '../process/child-entry.ts';
import { openStore } from './open-store.ts';

/**
 * The binder's memory limit. The binder holds a plan and its constants but no data, so a query that needs more is a
 * mistake or an attack.
 */
const MEMORY_LIMIT_MIB = 1024;
const TIMEOUT_MS = 30_000;

/** A binder, and the tables available to its queries. Must be closed. */
export interface OpenBinder {
  readonly binder: BinderClient;
  readonly sources: CatalogSources;
  /** The current tables of `sources`. */
  readonly catalog: Catalog;
  /** Ends the process. Idempotent. */
  close(): Promise<void>;
}

/**
 * Finds the tables of a configuration and starts a binder over them. `allow` lists further locations whose files
 * statements may name. `scratch` is a folder that only this process uses. Rejects as `createCatalog` does.
 */
export async function openBinder(
  { data, tables, s3 }: Config,
  scratch: string,
  allow: readonly string[] = [],
): Promise<OpenBinder> {
  const sources: CatalogSources = {
    data,
    tables: tables.map(({ name, location }) => ({ name, path: location })),
    allow,
    workingFolder: resolve('.'),
    openBucket: (bucket) => openStore({ kind: 's3', bucket, prefix: '' }, s3.settings),
  };
  const catalog = await createCatalog(sources);
  const binder = createBinderClient({
    entry: childEntry('binder'),
    scratchFolder: join(scratch, 'binder'),
    localRoots: catalog.inputs.localRoots,
    memoryLimitMiB: MEMORY_LIMIT_MIB,
    timeoutMs: TIMEOUT_MS,
  });
  binder.warm();
  return { binder, sources, catalog, close: () => binder.close() };
}
