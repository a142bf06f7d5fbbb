import { join } from 'node:path';
import {
  createPlannerClient,
  type PlannerClient,
  type PlanningOptions,
} from '../../coordinator/catalog/planner-client.ts';
import { isSurelyOneTask } from '../../coordinator/planner/choose-fanout.ts';
import type { FabricModel } from '../../coordinator/price/fabric-model.ts';
import { type Settings, withSettings } from '../../coordinator/settings.ts';
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

/** How a script is planned under settings, which its SETs add to, for the fabric that they then choose. DuckDB's estimates are left out where one task does it all. */
export function planningOptions(settings: Settings, modelFor: (settings: Settings) => FabricModel): PlanningOptions {
  const { timeZone, timeoutMs } = settings;
  return {
    timeZone,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    wantsEstimates: (inputBytes, set) => {
      const all = withSettings(settings, set);
      return !isSurelyOneTask(inputBytes, modelFor(all), all);
    },
  };
}
