import { join } from 'node:path';
import { type Catalog, type CatalogSources, createCatalog } from '../../coordinator/catalog/discover.ts';
import {
  createPlannerClient,
  type PlannedScript,
  type PlanningOptions,
} from '../../coordinator/catalog/planner-client.ts';
import { childEntry } from '../process/child-entry.ts';

/** Planning holds a plan and its constants, no data: what needs more is a mistake or an attack. */
const MEMORY_LIMIT_MIB = 1024;
const TIMEOUT_MS = 30_000;

/** Plans scripts over one catalog, in a child process. Held open. */
export interface LocalPlanner {
  /** What tasks may read: local folders and files, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  /** Plans a script. Rejects as `PlannerClient.plan` does. */
  plan(script: string, options: PlanningOptions): Promise<PlannedScript>;
  /** Ends the process. Idempotent. */
  close(): Promise<void>;
}

/** Discovers the tables and starts the process. Rejects as `createCatalog` does. */
export async function openLocalPlanner(sources: CatalogSources, scratch: string): Promise<LocalPlanner> {
  const catalog: Catalog = await createCatalog(sources);
  const client = createPlannerClient({
    entry: childEntry('planner'),
    scratchFolder: join(scratch, 'planner'),
    localRoots: catalog.places.localRoots,
    memoryLimitMiB: MEMORY_LIMIT_MIB,
    timeoutMs: TIMEOUT_MS,
  });
  client.warm();
  return {
    inputRoots: catalog.places.allowed,
    plan: (script, options) => client.plan(script, catalog, options),
    close: () => client.close(),
  };
}
