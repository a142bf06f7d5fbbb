import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type BinderClient, type BoundScript, createBinderClient } from '../../../coordinator/binder/binder-client.ts';
import type { BinderProcessOptions } from '../../../coordinator/binder/binder-process.ts';
import { type Catalog, type CatalogSources, createCatalog } from '../../../coordinator/catalog/discover.ts';
import { defaultSettings } from '../../../coordinator/settings.ts';
import { FabricError } from '../../../engine/errors.ts';
import { temporaryFolder, writeParquet } from '../../engine/scan/parquet-fixture.ts';

/** The entry point of the binder process in tests. */
const binderEntry = new URL('./binder.mjs', import.meta.url);

/**
 * Creates a folder with two subfolders. `data` contains the Parquet tables `fruit` (two files) and `trees` (one file). Queries may not read
 * `elsewhere`.
 */
export async function orchard(t: TestContext): Promise<string> {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'data/fruit'), { recursive: true });
  await mkdir(join(folder, 'elsewhere'));
  writeParquet(join(folder, 'data/fruit/1.parquet'), "VALUES (1, 'apple', 0.5::DECIMAL(9,2)), (2, 'pear', 0.75)", '');
  writeParquet(join(folder, 'data/fruit/2.parquet'), "VALUES (3, 'plum', 0.25::DECIMAL(9,2))");
  writeParquet(
    join(folder, 'data/trees.parquet'),
    'SELECT range AS id, range % 3 + 1 AS fruit, random() AS height FROM range(1000)',
  );
  writeParquet(join(folder, 'elsewhere/secret.parquet'), 'SELECT 42 AS answer');
  return folder;
}

/** A binder and its catalog. The binder is closed when the test ends. */
export interface BinderFixture {
  readonly catalog: Catalog;
  readonly client: BinderClient;
  readonly scratchFolder: string;
  bind(script: string): Promise<BoundScript>;
  /** Binds a script that must be rejected, and returns the error. */
  refusal(script: string): Promise<FabricError>;
}

export async function openBinder(
  t: TestContext,
  sources: Partial<CatalogSources> & { readonly workingFolder: string },
  options: Partial<BinderProcessOptions> = {},
): Promise<BinderFixture> {
  const catalog = await createCatalog({ data: [], tables: [], ...sources });
  const scratchFolder = join(await temporaryFolder(t), 'binder');
  const client = createBinderClient({
    entry: binderEntry,
    scratchFolder,
    localRoots: catalog.inputs.localRoots,
    memoryLimitMiB: 1024,
    timeoutMs: 60_000,
    ...options,
  });
  t.after(() => client.close());
  const bind = (script: string): Promise<BoundScript> =>
    client.bind(script, catalog, { settings: defaultSettings('UTC') });
  const refusal = async (script: string): Promise<FabricError> => {
    try {
      await bind(script);
    } catch (error) {
      if (error instanceof FabricError) return error;
      throw error;
    }
    throw new Error(`not refused: ${script}`);
  };
  return { catalog, client, scratchFolder, bind, refusal };
}
