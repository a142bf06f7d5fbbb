import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayoutOf } from '../../../coordinator/planner/fanout/measure-scans.ts';
import type { LogicalPlan } from '../../../engine/plan/logical-plan.ts';
import type { ParquetFile } from '../../../engine/scan/parquet-file.ts';
import { readParquetFooter } from '../../../engine/scan/parquet-footer.ts';

/** Reads the layouts of all Parquet files in a folder. The keys of the result are paths. */
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

/** Returns a layout, or throws an error if it is missing. */
export function known(layout: ParquetFile | undefined): ParquetFile {
  if (layout === undefined) throw new Error('The file has no layout.');
  return layout;
}

/** Returns a function that looks up the layouts of a plan's files by path. */
export function layoutOf(plan: LogicalPlan, layouts: ReadonlyMap<string, ParquetFile>): LayoutOf {
  return (table, file) => known(layouts.get(plan.tables[table]?.files[file]?.location ?? ''));
}
