/**
 * The arithmetic of the two-level shuffle. A sequence of `count` items (producers or partitions) is divided into `blocks` runs of about
 * the same length. A combining stage has a task for each block of producers and each block of partitions: task `i * partitionBlocks + j`
 * has the i-th block of producers and the j-th of partitions.
 */
export interface CombineGrid {
  readonly producerBlocks: number;
  readonly partitionBlocks: number;
}

/** The start of block `at`, which is the end of the previous block. */
export function blockStart(count: number, blocks: number, at: number): number {
  return Math.floor((at * count) / blocks);
}

/** The length of block `at`. */
export function blockLength(count: number, blocks: number, at: number): number {
  return blockStart(count, blocks, at + 1) - blockStart(count, blocks, at);
}

/** The block that contains `index`: the inverse of `blockStart`. */
export function blockOf(count: number, blocks: number, index: number): number {
  return Math.floor(((index + 1) * blocks - 1) / count);
}
