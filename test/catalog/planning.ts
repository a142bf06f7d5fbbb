import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Catalog, type CatalogSources, createCatalog } from '../../coordinator/catalog/discover.ts';
import {
  createPlannerClient,
  type PlannedScript,
  type PlannerClient,
} from '../../coordinator/catalog/planner-client.ts';
import type { PlannerProcessOptions } from '../../coordinator/catalog/planner-process.ts';
import { FabricError } from '../../engine/errors.ts';
import { temporaryFolder, writeParquet } from '../scan/parquet-fixture.ts';

/** The planner process of the tests. */
const plannerEntry = new URL('../sandbox/planner.mjs', import.meta.url);

/** A folder `data` with the tables `fruit` (Parquet, two files) and `trees` (Parquet), and files beside it that nobody may read. */
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

/** A planner over a catalog, closed when the test ends. */
export interface Planning {
  readonly catalog: Catalog;
  readonly client: PlannerClient;
  readonly scratchFolder: string;
  plan(script: string): Promise<PlannedScript>;
  /** The error a script is refused with. */
  refusal(script: string): Promise<FabricError>;
}

export async function planning(
  t: TestContext,
  sources: Partial<CatalogSources> & { readonly workingFolder: string },
  options: Partial<PlannerProcessOptions> = {},
): Promise<Planning> {
  const catalog = await createCatalog({ data: [], tables: [], ...sources });
  const scratchFolder = join(await temporaryFolder(t), 'planner');
  const client = createPlannerClient({
    entry: plannerEntry,
    scratchFolder,
    localRoots: catalog.places.localRoots,
    memoryLimitMiB: 1024,
    timeoutMs: 60_000,
    ...options,
  });
  t.after(() => client.close());
  const plan = (script: string): Promise<PlannedScript> => client.plan(script, catalog, { timeZone: 'UTC' });
  const refusal = async (script: string): Promise<FabricError> => {
    try {
      await plan(script);
    } catch (error) {
      if (error instanceof FabricError) return error;
      throw error;
    }
    throw new Error(`not refused: ${script}`);
  };
  return { catalog, client, scratchFolder, plan, refusal };
}
