import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import type { ShuffleCompression, Split, StageGraph } from '../../engine/plan/stage.ts';
import { walk } from '../../engine/plan/transform.ts';
import type { FabricModel } from '../price/fabric-model.ts';
import { chooseFanout, type Fanout, scanTaskCount } from './choose-fanout.ts';
import { cutScan, type LayoutOf, measureScans, type ScanWork } from './choose-splits.ts';
import { cutStages } from './cut-stages.ts';
import { estimateRows } from './estimate-rows.ts';
import type { Placement } from './fragment.ts';
import { placeRelation } from './place-operators.ts';
import { pruneColumns } from './prune-columns.ts';
import { inlineSingleReaders } from './share-definitions.ts';
import { simplifyProjections } from './simplify-projections.ts';
import { keyPrefixCount } from './spread-keys.ts';

export interface DistributeSettings {
  /** Into how many tasks scans and shuffles are cut; `auto` lets the model of the fabric decide. */
  readonly fanout: 'auto' | number;
  /** The most bytes a join side may have to be copied to every task; 0 copies only what cannot be hashed. */
  readonly broadcastLimitBytes: number;
  readonly memoryMiB?: number;
  readonly shuffleCompression?: ShuffleCompression;
}

export interface DistributeContext {
  /** The layout of a file of a table, by their indexes; `undefined` for formats without a footer. */
  readonly layout: LayoutOf;
  readonly fabric: FabricModel;
  readonly settings: DistributeSettings;
}

/**
 * Distributes a bound and optimized query: a chain of rewrites over its relations, then exchanges and stages. Pure: the same plan and
 * context give the same stages. Throws `INVALID_SETTING` where the fan-out is more than the query's shuffles can take.
 */
export function distribute(plan: LogicalPlan, context: DistributeContext): StageGraph {
  const pruned = simplifyProjections(inlineSingleReaders(pruneColumns(plan.root)));
  const works = measureScans(pruned, plan.tables, context.layout);
  const root = estimateRows(pruned, (table) => works.get(table)?.rows ?? 0);
  const fanout = chooseFanout(root, works, context.fabric, context.settings);
  const placement: Placement = {
    partitions: fanout.partitions,
    broadcastLimitBytes: context.settings.broadcastLimitBytes,
    scans: cutScans(works, fanout),
    stages: [],
    definitions: new Map(),
    repartitioned: new Map(),
    copies: new Map(),
  };
  const stages = cutStages(
    placeRelation(root, placement),
    placement,
    plan.tables,
    context.fabric,
    context.settings.shuffleCompression,
  );
  const keyPrefixes = keyPrefixCount(stages, context.fabric);
  const isWhole = stages.length === 1 && stages[0]?.taskCount === 1;
  return {
    tables: plan.tables,
    stages,
    columns: plan.columns,
    timeZone: plan.timeZone,
    ...(keyPrefixes > 1 ? { keyPrefixes } : {}),
    ...(isWhole && fanout.partitions > 1 ? { wholeBecause: whyWhole(root, works, fanout) } : {}),
  };
}

function cutScans(
  works: ReadonlyMap<number, ScanWork>,
  fanout: Fanout,
): ReadonlyMap<number, readonly (readonly Split[])[]> {
  return new Map([...works].map(([table, work]) => [table, cutScan(work, scanTaskCount(work, fanout))]));
}

/** Why a query for which more tasks were wanted runs in one. */
function whyWhole(root: Relation, works: ReadonlyMap<number, ScanWork>, fanout: Fanout): string {
  const reasons = new Set<string>();
  walk(root, (relation) => {
    if (relation.kind === 'recursive') reasons.add('a recursive query needs all rows of every round');
    else if (relation.kind === 'positional-join') reasons.add('a positional join depends on the order of all rows');
    else if (relation.kind === 'sample') reasons.add('a sample depends on the order of all rows');
  });
  const [only] = reasons;
  if (works.size === 0) return 'it reads no files';
  if (![...works.values()].some((work) => scanTaskCount(work, fanout) > 1)) {
    return 'none of its inputs is big enough to be cut: each is one row group or file once pruned';
  }
  return only ?? 'its random values must be drawn in one place';
}
