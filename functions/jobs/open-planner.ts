import { join } from 'node:path';
import { createPlannerClient, type PlannerClient } from '../../coordinator/catalog/planner-client.ts';
import { childEntry } from '../process/child-entry.ts';

/** Planning holds a plan and its constants, no data: what needs more is a mistake or an attack. */
const MEMORY_LIMIT_MIB = 1024;
const TIMEOUT_MS = 30_000;

/** Starts a planner process. `localRoots`: the folders and files that it may read; `scratch`: a folder of this process's own. */
export function openPlanner(localRoots: readonly string[], scratch: string): PlannerClient {
  const client = createPlannerClient({
    entry: childEntry('planner'),
    scratchFolder: join(scratch, 'planner'),
    localRoots,
    memoryLimitMiB: MEMORY_LIMIT_MIB,
    timeoutMs: TIMEOUT_MS,
  });
  client.warm();
  return client;
}
