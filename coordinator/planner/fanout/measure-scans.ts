import { collectColumns, isVolatile } from '../../../engine/plan/columns.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import type { PlanTable } from '../../../engine/plan/stage.ts';
import { walk } from '../../../engine/plan/transform.ts';
import type { ParquetFile, RowGroup } from '../../../engine/scan/parquet-file.ts';
import { mayHoldRows } from './prune-row-groups.ts';

type Scan = Extract<Relation, { kind: 'scan' }>;

/**
 * Measures every scan of a plan: the row groups that remain after applying its filters, and the bytes of its columns in those row groups.
 * The keys of the result are table indexes.
 *
 *     scan t [a, b] where a > 5   ->   row groups 2, 3 and 7 of 8: 3,000 rows, 60,000 bytes
 */
export function measureScans(
  root: Relation,
  tables: readonly PlanTable[],
  layout: LayoutOf,
): ReadonlyMap<number, ScanWork> {
  const works = new Map<number, ScanWork>();
  walk(root, (relation) => {
    if (relation.kind === 'scan') works.set(relation.table, measureScan(relation, tables[relation.table], layout));
  });
  return works;
}

/** A part of a file that cannot be split further. It is a row group, or a whole file if the format has no row groups. */
export interface Piece {
  readonly file: number;
  readonly rows?: { readonly start: number; readonly end: number };
  /** The number of rows in the whole file. Present if `rows` is present. */
  readonly fileRows?: number;
  readonly sizeBytes: number;
}

/** The parts of files that a scan reads after pruning. */
export interface ScanWork {
  readonly table: number;
  readonly pieces: readonly Piece[];
  /** The number of row groups in the files, before pruning. */
  readonly rowGroups: number;
  readonly sizeBytes: number;
  /** The number of rows in the pieces, or 0 for formats that do not record it. */
  readonly rows: number;
  /** Whether the scan must run in one task, regardless of its size. */
  readonly indivisible: boolean;
}

/** Returns the layout of a Parquet file, given the table's index and the file's index in the table. */
export type LayoutOf = (table: number, file: number) => ParquetFile;

function measureScan(scan: Scan, table: PlanTable | undefined, layout: LayoutOf): ScanWork {
  const read = columnsRead(scan);
  const pieces: Piece[] = [];
  let rowGroups = 0;
  let rows = 0;
  for (const [file, { identity }] of (table?.files ?? []).entries()) {
    const parquet = scan.format.kind === 'parquet' ? layout(scan.table, file) : undefined;
    if (parquet === undefined) {
      pieces.push({ file, sizeBytes: identity.sizeBytes });
      rowGroups += 1;
      continue;
    }
    rowGroups += parquet.rowGroups.length;
    for (const group of parquet.rowGroups) {
      if (group.rows === 0 || !mayHoldRows(scan, group)) continue;
      const end = group.firstRow + group.rows;
      const sizeBytes = bytesRead(group, read);
      pieces.push({ file, rows: { start: group.firstRow, end }, fileRows: parquet.rows, sizeBytes });
      rows += group.rows;
    }
  }
  const sizeBytes = pieces.reduce((sum, piece) => sum + piece.sizeBytes, 0);
  return { table: scan.table, pieces, rowGroups, sizeBytes, rows, indivisible: scan.filters.some(isVolatile) };
}

/** Returns the names of the columns that a task reads for its output and its filters. */
function columnsRead(scan: Scan): ReadonlySet<string> {
  const positions = collectColumns(scan.filters, new Set(scan.output));
  const names = scan.columns.flatMap((scanned, position) =>
    positions.has(position) && scanned.kind === 'table' ? [scanned.name] : [],
  );
  return new Set(names);
}

function bytesRead(group: RowGroup, columns: ReadonlySet<string>): number {
  return group.chunks.reduce((sum, chunk) => (columns.has(chunk.column) ? sum + chunk.sizeBytes : sum), 0);
}
