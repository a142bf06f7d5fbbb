import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayoutOf } from '../../../coordinator/planner/fanout/measure-scans.ts';
import type { LogicalPlan } from '../../../engine/plan/logical-plan.ts';
import type { ParquetFile } from '../../../engine/scan/parquet-file.ts';
import { readParquetFooter } from '../../../engine/scan/parquet-footer.ts';

/** The layouts of all Parquet files of a folder, by path. */
export async function readLayouts(folder: string): Promise<ReadonlyMap<string, ParquetFile>> {
  const layouts = new Map<string, ParquetFile>();
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const bytes = await readFile(path);
    const { layout } = await readParquetFooter(path, bytes.length, async ({ start, end }) =>
      bytes.subarray(start, end),
    );
    layouts.set(path, layout);
  }
  return layouts;
}

/** A layout that a test must have. */
export function known(layout: ParquetFile | undefined): ParquetFile {
  if (layout === undefined) throw new Error('The file has no layout.');
  return layout;
}

/** Looks up a plan's files in such layouts. */
export function layoutOf(plan: LogicalPlan, layouts: ReadonlyMap<string, ParquetFile>): LayoutOf {
  return (table, file) => known(layouts.get(plan.tables[table]?.files[file]?.location ?? ''));
}
