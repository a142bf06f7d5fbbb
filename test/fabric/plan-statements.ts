import assert from 'node:assert/strict';
import { createBinderClient } from '../../coordinator/binder/binder-client.ts';
import type { Catalog } from '../../coordinator/catalog/discover.ts';
import { distribute } from '../../coordinator/planner/distribute.ts';
import { defaultSettings } from '../../coordinator/settings.ts';
import type { StageGraph } from '../../engine/plan/stage.ts';

interface Planning {
  readonly catalog: Catalog;
  /** The scratch folder of the binder. */
  readonly scratchFolder: string;
  /** The number of tasks per stage, and the maximum concurrency. */
  readonly tasks: number;
  readonly memoryMiB: number;
}

/** Plans named statements with the built binder in dist/. All joins are shuffle joins. */
export async function planStatements(
  { catalog, scratchFolder, tasks, memoryMiB }: Planning,
  statements: Iterable<readonly [name: string, sql: string]>,
): Promise<ReadonlyMap<string, StageGraph>> {
  const binder = createBinderClient({
    entry: new URL('../../dist/binder.js', import.meta.url),
    scratchFolder,
    localRoots: catalog.inputs.localRoots,
    memoryLimitMiB: 1024,
    timeoutMs: 60_000,
  });
  const fabric = {
    concurrency: tasks,
    coresPerTask: 1,
    memoryMiBPerTask: memoryMiB,
    readBytesPerSecond: 100e6,
    invokeSeconds: 0.05,
    sharedCores: false,
  };
  const graphs = new Map<string, StageGraph>();
  for (const [name, sql] of statements) {
    const bound = await binder.bind(sql, catalog, { settings: defaultSettings('UTC') });
    assert.ok(bound.kind === 'query');
    const { plan, layout } = bound;
    graphs.set(name, distribute(plan, { layout, fabric, settings: { fanout: tasks, broadcastLimitBytes: 0 } }));
  }
  await binder.close();
  return graphs;
}
