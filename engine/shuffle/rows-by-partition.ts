import { FabricError } from '../errors.ts';

/** The rows of a batch by partition. Partition p has rows `order[starts[p]]` to `order[starts[p + 1] - 1]`, in batch order. */
export interface RowsByPartition {
  readonly order: Int32Array;
  /** Has one entry more than there are partitions. */
  readonly starts: Int32Array;
}

/**
 * Returns a function that groups the rows of a batch by partition with a counting sort. Each call overwrites the result
 * of the previous call.
 */
export function rowSorter(partitions: number): (partitionIds: Uint32Array, rows: number) => RowsByPartition {
  const starts = new Int32Array(partitions + 1);
  const next = new Int32Array(partitions);
  let order = new Int32Array(2048);
  return (partitionIds, rows) => {
    if (order.length < rows) order = new Int32Array(rows);
    next.fill(0);
    countRows(partitionIds, rows, next);
    let before = 0;
    for (let partition = 0; partition < partitions; partition++) {
      const count = next[partition] ?? 0;
      starts[partition] = before;
      next[partition] = before;
      before += count;
    }
    starts[partitions] = before;
    if (before !== rows || partitionIds.length < rows) {
      throw new FabricError('INTERNAL', `Only ${before} of ${rows} rows have a partition number below ${partitions}.`);
    }
    placeRows(partitionIds, rows, next, order);
    return { order, starts };
  };
}

function countRows(partitionIds: Uint32Array, rows: number, counts: Int32Array): void {
  for (let row = 0; row < rows; row++) {
    const partition = partitionIds[row] as number;
    (counts[partition] as number)++;
  }
}

function placeRows(partitionIds: Uint32Array, rows: number, next: Int32Array, order: Int32Array): void {
  for (let row = 0; row < rows; row++) {
    const partition = partitionIds[row] as number;
    const at = next[partition] as number;
    order[at] = row;
    next[partition] = at + 1;
  }
}
