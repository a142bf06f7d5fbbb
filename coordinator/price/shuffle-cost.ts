import type { CombineGrid } from '../../engine/plan/blocks.ts';
import type { FunctionPrice, StoreModel } from './store-model.ts';

/** The size of a shuffle: the number of writing tasks, the number of reading tasks, and the total bytes moved between them. */
export interface ShuffleShape {
  readonly producers: number;
  readonly partitions: number;
  readonly sizeBytes: number;
}

/** The properties of the tasks and the store that a shuffle uses. */
export interface ShuffleFabric {
  /** The number of tasks that can run concurrently. */
  readonly concurrency: number;
  readonly memoryMiBPerTask: number;
  /** The bandwidth of one task, for both reads and writes. */
  readonly readBytesPerSecond: number;
  readonly invokeSeconds: number;
  readonly store: StoreModel;
  readonly price: FunctionPrice;
}

/** The cost of a shuffle, measured from the end of its producers' computation until its readers have read everything. */
export interface ShuffleCost {
  /** Reads and writes of objects and indexes, including the writes of the producers. */
  readonly gets: number;
  readonly puts: number;
  /** The number of invocations that the shuffle adds. */
  readonly invocations: number;
  /** `functionSeconds` is the total time of all tasks. `seconds` is the time on the critical path. */
  readonly functionSeconds: number;
  readonly seconds: number;
  readonly dollars: number;
}

/**
 * The maximum number of entries in a shuffle's index. The coordinator builds the index in memory with 32 bytes per producer and partition,
 * so it takes up to 128 MiB. Stages that read a shuffle write as many partitions as they read, so this limits the square of the fan-out.
 */
export const MAX_INDEX_ENTRIES = 4 * 2 ** 20;
/**
 * A combined shuffle must be cheaper than a direct one by the factor `BETTER_BY`, because the bytes are estimates. It may be slower by at
 * most the factor `SLOWER_BY`.
 */
const BETTER_BY = 1.25;
const SLOWER_BY = 1.25;
/** The maximum share of a combiner's memory that its data may use. */
const USABLE_MEMORY = 0.4;
const MAX_BLOCKS = 1024;

/**
 * Returns the cost of a shuffle with `s` producers and `r` readers. Without a grid, the shuffle is direct: every reader reads from every
 * producer, which takes `s*r` reads. With a grid of `a` blocks of producers by `b` blocks of partitions, the shuffle is combined. Each
 * combiner reads one range from each producer in its block, and each reader reads one range from each combiner that has its partition. This
 * takes `s*b + a*r` reads, and all bytes pass through the store once more. Each task reads the index once. Based on Starling (SIGMOD 2020,
 * section 4.2) and Lambada (SIGMOD 2020, section 4.4).
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

/** Returns the seconds that one task takes to read its row of the index and then `objects` objects with `bytes` bytes in total. */
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
 * Returns the best grid of combiners for a shuffle, or `undefined` if a direct shuffle is better. The sides of a grid are powers of two,
 * and its combiners must have enough memory. The best grid has the smallest product of dollars and seconds, so half the price makes up for
 * twice the time. It must be clearly cheaper than a direct shuffle and not much slower. These conditions do not apply to a shuffle of more
 * than `limits.indexEntries` pieces, because it cannot be direct.
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
