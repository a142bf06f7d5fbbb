import type { CombineGrid } from '../../engine/plan/blocks.ts';
import type { FunctionPrice, StoreModel } from './store-model.ts';

/** The size of a shuffle: tasks that write, tasks that read, and all bytes that move between them. */
export interface ShuffleShape {
  readonly producers: number;
  readonly partitions: number;
  readonly sizeBytes: number;
}

/** The tasks and the store that a shuffle runs on. */
export interface ShuffleFabric {
  /** Tasks that run at once. */
  readonly concurrency: number;
  readonly memoryMiBPerTask: number;
  /** Bandwidth of one task, for reads as for writes. */
  readonly readBytesPerSecond: number;
  readonly invokeSeconds: number;
  readonly store: StoreModel;
  readonly price: FunctionPrice;
}

/** The cost of a shuffle, from the end of its producers' computation until its readers have read everything. */
export interface ShuffleCost {
  /** Reads and writes of objects and indexes, including the writes of the producers. */
  readonly gets: number;
  readonly puts: number;
  /** Invocations that the shuffle adds. */
  readonly invocations: number;
  /** The time of all tasks together, and the time on the critical path. */
  readonly functionSeconds: number;
  readonly seconds: number;
  readonly dollars: number;
}

/**
 * The most entries of a shuffle's index, which the coordinator builds in memory: 32 bytes for each partition of each producer, so 128 MiB.
 * Stages that read a shuffle write as many partitions as they read, so this limits the square of the fan-out.
 */
export const MAX_INDEX_ENTRIES = 4 * 2 ** 20;
/** A combined shuffle must be cheaper by the first factor, because the bytes are estimates, and may be slower by at most the second. */
const BETTER_BY = 1.25;
const SLOWER_BY = 1.25;
/** The share of a combiner's memory that its bytes may take. */
const USABLE_MEMORY = 0.4;
const MAX_BLOCKS = 1024;

/**
 * The cost of a shuffle of `s` producers and `r` readers. Without a grid it is direct: every reader reads from every producer, `s*r` reads
 * in all. With a grid of `a` blocks of producers by `b` blocks of partitions it is combined: a combiner reads one range from each producer
 * of its block, and a reader one from each combiner that has its partition. That is `s*b + a*r` reads, and all bytes go through the store
 * once more. Each task reads the index once. After Starling (SIGMOD 2020, section 4.2) and Lambada (SIGMOD 2020, section 4.4).
 */
export function shuffleCost(shape: ShuffleShape, fabric: ShuffleFabric, grid?: CombineGrid): ShuffleCost {
  const { producers, partitions, sizeBytes } = shape;
  const { store, price } = fabric;
  const sources = grid === undefined ? producers : grid.producerBlocks;
  const reading = readSeconds(sources, sizeBytes / partitions, fabric);
  const direct = {
    gets: partitions * (sources + 1),
    puts: producers + 1,
    invocations: 0,
    functionSeconds: partitions * reading,
    seconds: store.putSeconds + waves(partitions, fabric) * reading,
  };
  const cost = grid === undefined ? direct : sum(direct, combining(shape, fabric, grid));
  const requests = cost.gets * store.getDollars + cost.puts * store.putDollars;
  const running = cost.invocations * price.invocationDollars + cost.functionSeconds * price.dollarsPerSecond;
  return { ...cost, dollars: requests + running };
}

type Counts = Omit<ShuffleCost, 'dollars'>;

function combining({ producers, sizeBytes }: ShuffleShape, fabric: ShuffleFabric, grid: CombineGrid): Counts {
  const { store, readBytesPerSecond, invokeSeconds } = fabric;
  const combiners = grid.producerBlocks * grid.partitionBlocks;
  const bytes = sizeBytes / combiners;
  const each =
    readSeconds(producers / grid.producerBlocks, bytes, fabric) + store.putSeconds + bytes / readBytesPerSecond;
  return {
    gets: producers * grid.partitionBlocks + combiners,
    puts: combiners + 1,
    invocations: combiners,
    functionSeconds: combiners * each,
    seconds: store.putSeconds + waves(combiners, fabric) * (invokeSeconds + each),
  };
}

/** The seconds in which one task reads its row of the index and then `objects` objects. */
function readSeconds(objects: number, bytes: number, { store, readBytesPerSecond }: ShuffleFabric): number {
  const waiting = Math.ceil(objects / store.readsAtOnce) * store.getSeconds;
  return store.getSeconds + Math.max(waiting, bytes / readBytesPerSecond);
}

function waves(tasks: number, { concurrency }: ShuffleFabric): number {
  return Math.ceil(tasks / concurrency);
}

function sum(left: Counts, right: Counts): Counts {
  return {
    gets: left.gets + right.gets,
    puts: left.puts + right.puts,
    invocations: left.invocations + right.invocations,
    functionSeconds: left.functionSeconds + right.functionSeconds,
    seconds: left.seconds + right.seconds,
  };
}

/**
 * The grid of combiners for a shuffle, or `undefined` if a direct shuffle is better. Among the grids whose sides are powers of two and that
 * fit into the combiners' memory, it has the smallest product of dollars and seconds: half the price is worth twice the time. It must be
 * clearly cheaper than a direct shuffle and not much slower. A shuffle of more than `limits.indexEntries` pieces cannot be direct.
 */
export function chooseGrid(
  shape: ShuffleShape,
  fabric: ShuffleFabric,
  limits: { readonly indexEntries: number },
): CombineGrid | undefined {
  const direct = shuffleCost(shape, fabric);
  const canBeDirect = shape.producers * shape.partitions <= limits.indexEntries;
  let best: { readonly grid: CombineGrid; readonly product: number } | undefined;
  for (const grid of gridsFor(shape, fabric)) {
    const { dollars, seconds } = shuffleCost(shape, fabric, grid);
    const isBetter = dollars * BETTER_BY < direct.dollars && seconds <= direct.seconds * SLOWER_BY;
    if (canBeDirect && !isBetter) continue;
    if (best === undefined || dollars * seconds < best.product) best = { grid, product: dollars * seconds };
  }
  return best?.grid;
}

function* gridsFor({ producers, partitions, sizeBytes }: ShuffleShape, fabric: ShuffleFabric): Generator<CombineGrid> {
  const memoryBytes = fabric.memoryMiBPerTask * 2 ** 20 * USABLE_MEMORY;
  for (let producerBlocks = 2; producerBlocks <= Math.min(producers, MAX_BLOCKS); producerBlocks *= 2) {
    for (let partitionBlocks = 1; partitionBlocks <= Math.min(partitions, MAX_BLOCKS); partitionBlocks *= 2) {
      if (sizeBytes <= memoryBytes * producerBlocks * partitionBlocks) yield { producerBlocks, partitionBlocks };
    }
  }
}
