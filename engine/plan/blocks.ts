/**
 * The grid of a combining stage in the two-level shuffle. A sequence of `count` items (producers or partitions) is divided into `blocks`
 * runs of about the same length. A combining stage has one task for each pair of a producer block and a partition block. Task `i *
 * partitionBlocks + j` reads partition block j from producer block i.
 */
export interface CombineGrid {
  readonly producerBlocks: number;
  readonly partitionBlocks: number;
}

/** Returns the start of block `at`, which is the end of the previous block. */
export function blockStart(count: number, blocks: number, at: number): number {
  return Math.floor((at * count) / blocks);
}

/** Returns the length of block `at`. */
export function blockLength(count: number, blocks: number, at: number): number {
  return blockStart(count, blocks, at + 1) - blockStart(count, blocks, at);
}

/** Returns the block that contains `index`. This is the inverse of `blockStart`. */
export function blockOf(count: number, blocks: number, index: number): number {
  return Math.floor(((index + 1) * blocks - 1) / count);
}
