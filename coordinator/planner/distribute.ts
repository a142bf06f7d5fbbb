import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import type { ShuffleCompression, StageGraph } from '../../engine/plan/stage.ts';
import type { FabricModel } from '../price/fabric-model.ts';
import { chooseFanout } from './fanout/choose-fanout.ts';
import { chooseSplits } from './fanout/choose-splits.ts';
import { type LayoutOf, measureScans } from './fanout/measure-scans.ts';
import { singleTaskReason } from './fanout/single-task-reason.ts';
import { estimateRows } from './logical/estimate-rows.ts';
import { inlineDefinitions } from './logical/inline-definitions.ts';
import { pruneColumns } from './logical/prune-columns.ts';
import { simplifyProjections } from './logical/simplify-projections.ts';
import { placeExchanges } from './place/place-exchanges.ts';
import { combineShuffles } from './stages/combine-shuffles.ts';
import { cutStages } from './stages/cut-stages.ts';
import { finishStages } from './stages/finish-stages.ts';
import { keyPrefixCount } from './stages/key-prefixes.ts';
import { mergeRepartitions } from './stages/merge-repartitions.ts';
import { mergeScanStages } from './stages/merge-scan-stages.ts';
import { separateReadModes } from './stages/separate-read-modes.ts';

export interface DistributeSettings {
  /** The number of tasks of each scan and shuffle. With `auto`, it is chosen from the fabric's model. */
  readonly fanout: 'auto' | number;
  /** The size in bytes up to which a join side is broadcast. If 0, a side is broadcast only if the join cannot be shuffled. */
  readonly broadcastLimitBytes: number;
  readonly memoryMiB?: number;
  readonly shuffleCompression?: ShuffleCompression;
}

export interface DistributeContext {
  /**
   * Returns the layout of a Parquet file, given the table's index and the file's index in the table. Throws `INTERNAL` for other formats.
   */
  readonly layout: LayoutOf;
  readonly fabric: FabricModel;
  readonly settings: DistributeSettings;
}

/**
 * Distributes a bound and optimized query over tasks by running the passes in order. Pure: no pass changes its input, and the same plan and
 * context always produce the same stages. Throws `INVALID_SETTING` if the fan-out is too large for the query's shuffles.
 */
export function distribute(plan: LogicalPlan, { layout, fabric, settings }: DistributeContext): StageGraph {
  const { tables, columns, timeZone } = plan;
  const { broadcastLimitBytes, shuffleCompression } = settings;

  // Logical plan -> logical plan.
  const pruned = pruneColumns(plan.root);
  const inlined = inlineDefinitions(pruned);
  const simplified = simplifyProjections(inlined);

  // Number of tasks, and the splits for each task.
  const works = measureScans(simplified, tables, layout);
  const estimated = estimateRows(simplified, works);
  const fanout = chooseFanout(estimated, works, fabric, settings);
  const splits = chooseSplits(works, fanout);

  // Logical plan -> plan with exchanges.
  const placed = placeExchanges(estimated, { partitions: fanout.partitions, broadcastLimitBytes, splits });

  // Plan with exchanges -> stages.
  const cut = cutStages(placed);
  const repartitionedOnce = mergeRepartitions(cut);
  const separated = separateReadModes(repartitionedOnce);
  const scannedOnce = mergeScanStages(separated, splits, tables);
  const combined = combineShuffles(scannedOnce, fabric);
  const stages = finishStages(combined, { splits, fabric, shuffleCompression });

  const keyPrefixes = keyPrefixCount(stages, fabric);
  const isSingleTask = stages.length === 1 && stages[0]?.taskCount === 1;
  return {
    tables,
    stages,
    columns,
    timeZone,
    ...(keyPrefixes > 1 ? { keyPrefixes } : {}),
    ...(isSingleTask && fanout.partitions > 1
      ? { singleTaskReason: singleTaskReason(estimated, tables, works, fanout) }
      : {}),
  };
}
