import { joinRanges } from '../../../engine/plan/row-ranges.ts';
import type { Split } from '../../../engine/plan/stage.ts';
import { type Fanout, scanTaskCount } from './choose-fanout.ts';
import type { Piece, ScanWork } from './measure-scans.ts';

/**
 * Chooses the splits of every task for each scan. The keys of the result are table indexes.
 *
 *     t: row groups 0 to 5, 2 tasks   ->   t: task 0 reads rows 0..3000, task 1 reads rows 3000..6000
 */
export function chooseSplits(
  works: ReadonlyMap<number, ScanWork>,
  fanout: Fanout,
): ReadonlyMap<number, readonly (readonly Split[])[]> {
  return new Map([...works].map(([table, work]) => [table, splitScan(work, scanTaskCount(work, fanout))]));
}

/**
 * Divides a scan among at most `taskCount` tasks. Each task gets runs of whole row groups in file order. The tasks read similar numbers of
 * bytes, and every task has at least one split. A scan without remaining rows gets one task without splits.
 */
export function splitScan(work: ScanWork, taskCount: number): readonly (readonly Split[])[] {
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
    // Each of the following tasks needs at least one of the remaining pieces.
    const mustMove = started && work.pieces.length - index <= count - task - 1;
    if (task < count - 1 && started && (ideal > task || mustMove)) task += 1;
    tasks[task]?.push(piece);
    before += weight;
  }
  return tasks.map(joined);
}

/** Returns the weight of a piece for balancing. It includes the rows, because they take time even if no column is read. */
function weightOf(piece: Piece): number {
  const rows = piece.rows === undefined ? 0 : piece.rows.end - piece.rows.start;
  return piece.sizeBytes + rows + 1;
}

/** Joins adjacent pieces of a file into one split. */
function joined(pieces: readonly Piece[]): readonly Split[] {
  const runs = joinRanges(pieces, {
    fileOf: ({ file }) => file,
    join: (first, second, rows) => ({ ...first, rows, sizeBytes: first.sizeBytes + second.sizeBytes }),
  });
  return runs.map(splitOf);
}

/**
 * Converts a piece to a split. A piece with all rows of its file becomes a split without a row range. Executors then need not number the
 * file's rows, which can take longer than the query.
 */
function splitOf({ file, rows, fileRows, sizeBytes }: Piece): Split {
  if (rows === undefined) return { file, sizeBytes };
  const rowCount = rows.end - rows.start;
  return rowCount === fileRows ? { file, rowCount, sizeBytes } : { file, rows, rowCount, sizeBytes };
}
