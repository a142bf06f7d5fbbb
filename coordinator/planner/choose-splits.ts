import { collectColumns, isVolatile } from '../../engine/plan/columns.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import type { PlanTable, Split } from '../../engine/plan/stage.ts';
import { walk } from '../../engine/plan/transform.ts';
import type { ParquetFile, RowGroup } from '../../engine/scan/parquet-file.ts';
import { mayHoldRows } from './prune-row-groups.ts';

type Scan = Extract<Relation, { kind: 'scan' }>;

/** A part of a file that cannot be cut further: a row group, or a file of a format without them. */
interface Piece {
  readonly file: number;
  readonly rows?: { readonly start: number; readonly end: number };
  /** Of the whole file, where `rows` is set. */
  readonly fileRows?: number;
  readonly sizeBytes: number;
}

/** What one scan has to read once pruning is done. */
export interface ScanWork {
  readonly table: number;
  readonly pieces: readonly Piece[];
  /** Row groups of the files, before pruning. */
  readonly rowGroups: number;
  readonly sizeBytes: number;
  /** Rows in the pieces; 0 for formats that do not say. */
  readonly rows: number;
  /** Set where the scan must stay in one task whatever its size. */
  readonly indivisible: boolean;
}

/** Finds the layout of a table's file, where it is known. */
export type LayoutOf = (table: number, file: number) => ParquetFile | undefined;

/** For every scan of a plan, the row groups its filters leave and the bytes its columns take in them. By table index. */
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

/** The names of the table's columns that a task has to read: those it gives and those its filters need. */
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

/**
 * Cuts a scan into at most `taskCount` tasks: runs of whole row groups in the order of the files, balanced by bytes, none empty.
 * Nothing left to read is one task without splits.
 */
export function cutScan(work: ScanWork, taskCount: number): readonly (readonly Split[])[] {
  const count = Math.min(taskCount, work.pieces.length);
  if (work.indivisible || count <= 1) return [joined(work.pieces)];
  const weights = work.pieces.map(weightOf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const tasks: Piece[][] = Array.from({ length: count }, () => []);
  let before = 0;
  let task = 0;
  for (const [index, piece] of work.pieces.entries()) {
    const weight = weights[index] ?? 0;
    const ideal = Math.floor(((before + weight / 2) * count) / total);
    const started = (tasks[task]?.length ?? 0) > 0;
    // Each task behind this one still needs a piece of its own, and none may be skipped.
    const mustMove = started && work.pieces.length - index <= count - task - 1;
    if (task < count - 1 && started && (ideal > task || mustMove)) task += 1;
    tasks[task]?.push(piece);
    before += weight;
  }
  return tasks.map(joined);
}

/** Rows cost something even where no column is read. */
function weightOf(piece: Piece): number {
  const rows = piece.rows === undefined ? 0 : piece.rows.end - piece.rows.start;
  return piece.sizeBytes + rows + 1;
}

/** Pieces that follow each other in a file become one split. */
function joined(pieces: readonly Piece[]): readonly Split[] {
  const runs: Piece[] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (
      last?.rows !== undefined &&
      piece.rows !== undefined &&
      last.file === piece.file &&
      last.rows.end === piece.rows.start
    ) {
      const rows = { start: last.rows.start, end: piece.rows.end };
      runs[runs.length - 1] = { ...last, rows, sizeBytes: last.sizeBytes + piece.sizeBytes };
    } else {
      runs.push(piece);
    }
  }
  return runs.map(splitOf);
}

/** A run of all row groups is the whole file: executors then need not number its rows, which costs more than many a query. */
function splitOf({ file, rows, fileRows, sizeBytes }: Piece): Split {
  if (rows === undefined) return { file, sizeBytes };
  const rowCount = rows.end - rows.start;
  return rowCount === fileRows ? { file, rowCount, sizeBytes } : { file, rows, rowCount, sizeBytes };
}
