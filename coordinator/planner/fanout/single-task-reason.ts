import type { Relation, ScanFormat } from '../../../engine/plan/relation.ts';
import type { PlanTable } from '../../../engine/plan/stage.ts';
import { walk } from '../../../engine/plan/transform.ts';
import { type Fanout, scanTaskCount } from './choose-fanout.ts';
import type { ScanWork } from './measure-scans.ts';

/** Returns why a query runs in one task although the fan-out allows more. The text completes "runs in one task because ...". */
export function singleTaskReason(
  root: Relation,
  tables: readonly PlanTable[],
  works: ReadonlyMap<number, ScanWork>,
  fanout: Fanout,
): string {
  if (works.size === 0) return 'it reads no files';
  const isSplit = [...works.values()].some((work) => scanTaskCount(work, fanout) > 1);
  return isSplit ? operatorReason(root) : inputReason(scansOf(root), tables, works);
}

function operatorReason(root: Relation): string {
  const reasons: string[] = [];
  walk(root, (relation) => {
    if (relation.kind === 'recursive') reasons.push('a recursive query needs all rows of every iteration');
    else if (relation.kind === 'positional-join') reasons.push('a positional join depends on the order of all rows');
    else if (relation.kind === 'sample') reasons.push('a sample depends on the order of all rows');
  });
  return reasons[0] ?? 'its random values must all come from one task';
}

interface Input {
  readonly table: number;
  readonly format: ScanFormat;
}

function scansOf(root: Relation): readonly Input[] {
  const scans: Input[] = [];
  walk(root, (relation) => {
    if (relation.kind === 'scan') scans.push(relation);
  });
  return scans;
}

function inputReason(
  scans: readonly Input[],
  tables: readonly PlanTable[],
  works: ReadonlyMap<number, ScanWork>,
): string {
  const reasons = scans.map((scan) => {
    const work = works.get(scan.table);
    return { name: tables[scan.table]?.name ?? `table ${scan.table}`, is: unsplitInput(scan.format, work) };
  });
  const [first, ...others] = new Set(reasons.map(({ is }) => is));
  if (first !== undefined && others.length === 0 && reasons.length === 1) return `the input ${first}`;
  return `no input can be split: ${[...new Set(reasons.map(({ name, is }) => `${name} ${is}`))].join('; ')}`;
}

/** Returns why an input is not split, as a predicate whose subject is the input. */
function unsplitInput(format: ScanFormat, work: ScanWork | undefined): string {
  const pieces = work?.pieces.length ?? 0;
  if (pieces === 0) return 'has no rows to read';
  if (pieces > 1) return 'is too small to split';
  if (format.kind !== 'parquet') return `is a single ${format.kind.toUpperCase()} file, which cannot be split`;
  return work?.rowGroups === 1
    ? 'is a single Parquet row group, which cannot be split'
    : 'has a single Parquet row group left after pruning, which cannot be split';
}
