import type { BindOptions, BoundScript } from '../../coordinator/binder/binder-client.ts';
import { type Catalog, type CatalogSources, createCatalog } from '../../coordinator/catalog/discover.ts';
import { openBinder } from '../fabric/open-binder.ts';

/** Plans scripts over one catalog, in a child process. Held open. */
export interface LocalBinder {
  /** What tasks may read: local folders and files, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  /** Plans a script. Rejects as `BinderClient.plan` does. */
  plan(script: string, options: BindOptions): Promise<BoundScript>;
  /** Ends the process. Idempotent. */
  close(): Promise<void>;
}

/** Discovers the tables and starts the process. Rejects as `createCatalog` does. */
export async function openLocalBinder(sources: CatalogSources, scratch: string): Promise<LocalBinder> {
  const catalog: Catalog = await createCatalog(sources);
  const client = openBinder(catalog.inputs.localRoots, scratch);
  return {
    inputRoots: catalog.inputs.allowed,
    plan: (script, options) => client.bind(script, catalog, options),
    close: () => client.close(),
  };
}
