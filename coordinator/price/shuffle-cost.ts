import type { CombineGrid } from '../../engine/plan/blocks.ts';
import type { FunctionPrice, StoreModel } from './store-model.ts';

/** A shuffle: tasks that write, tasks that read, and all bytes that go from the ones to the others. */
export interface ShuffleShape {
  readonly producers: number;
  readonly partitions: number;
  readonly sizeBytes: number;
}

/** What a shuffle runs on. */
export interface ShufflePlace {
  /** Tasks that run at once. */
  readonly concurrency: number;
  readonly memoryMiBPerTask: number;
  /** Of one task, either way. */
  readonly readBytesPerSecond: number;
  readonly invokeSeconds: number;
  readonly store: StoreModel;
  readonly price: FunctionPrice;
}

/** What one way of doing a shuffle takes from when its producers have written until its readers have read. */
export interface ShuffleCost {
  /** Reads and writes of objects and indexes, those of the producers' objects included. */
  readonly gets: number;
  readonly puts: number;
  /** Invocations that only the shuffle needs. */
  readonly invocations: number;
  /** All tasks' time together that the shuffle takes, and that on the critical path. */
  readonly functionSeconds: number;
  readonly seconds: number;
  readonly dollars: number;
}

/** A second pass must be better by this factor, since the bytes are estimates; and no slower than by the other. */
const BETTER_BY = 1.25;
const SLOWER_BY = 1.25;
/** Combined bytes are held in memory: no more than this share of it is planned for. */
const USABLE_MEMORY = 0.4;
const MOST_BLOCKS = 1024;

/**
 * What a shuffle costs: directly, where every reader reads of every producer, `s*r` reads in all; or through combining tasks, a grid of
 * blocks of producers by blocks of partitions. Then a combiner reads one range of each producer of its block, and a reader one of each
 * combiner that has its partition: `s*b + a*r` reads for `a` by `b` blocks, and all bytes cross the store once more. Indexes are read
 * once by each task. After Starling (SIGMOD 2020, section 4.2) and Lambada (SIGMOD 2020, section 4.4).
 */
export function shuffleCost(shape: ShuffleShape, place: ShufflePlace, grid?: CombineGrid): ShuffleCost {
  const { producers, partitions, sizeBytes } = shape;
  const { store, price } = place;
  const sources = grid === undefined ? producers : grid.producerBlocks;
  const reading = readSeconds(sources, sizeBytes / partitions, place);
  const direct = {
    gets: partitions * (sources + 1),
    puts: producers + 1,
    invocations: 0,
    functionSeconds: partitions * reading,
    seconds: store.putSeconds + waves(partitions, place) * reading,
  };
  const cost = grid === undefined ? direct : sum(direct, combining(shape, place, grid));
  const requests = cost.gets * store.getDollars + cost.puts * store.putDollars;
  const running = cost.invocations * price.invocationDollars + cost.functionSeconds * price.dollarsPerSecond;
  return { ...cost, dollars: requests + running };
}

type Counts = Omit<ShuffleCost, 'dollars'>;

function combining({ producers, sizeBytes }: ShuffleShape, place: ShufflePlace, grid: CombineGrid): Counts {
  const { store, readBytesPerSecond, invokeSeconds } = place;
  const combiners = grid.producerBlocks * grid.partitionBlocks;
  const bytes = sizeBytes / combiners;
  const each =
    readSeconds(producers / grid.producerBlocks, bytes, place) + store.putSeconds + bytes / readBytesPerSecond;
  return {
    gets: producers * grid.partitionBlocks + combiners,
    puts: combiners + 1,
    invocations: combiners,
    functionSeconds: combiners * each,
    seconds: store.putSeconds + waves(combiners, place) * (invokeSeconds + each),
  };
}

/** How long one task reads so many objects, and its row of the index before them. */
function readSeconds(objects: number, bytes: number, { store, readBytesPerSecond }: ShufflePlace): number {
  const waiting = Math.ceil(objects / store.readsAtOnce) * store.getSeconds;
  return store.getSeconds + Math.max(waiting, bytes / readBytesPerSecond);
}

function waves(tasks: number, { concurrency }: ShufflePlace): number {
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
 * The grid of combiners for a shuffle, or undefined where it is better done directly. Of grids whose sides are powers of two and that fit
 * the combiners' memory, the one with the least product of dollars and seconds: half the price is worth twice the time. It must be clearly
 * cheaper than no grid and not much slower. `limits.indexEntries`: a shuffle of more pieces cannot be done directly, whatever that costs.
 */
export function chooseGrid(
  shape: ShuffleShape,
  place: ShufflePlace,
  limits: { readonly indexEntries: number },
): CombineGrid | undefined {
  const direct = shuffleCost(shape, place);
  const canBeDirect = shape.producers * shape.partitions <= limits.indexEntries;
  let best: { readonly grid: CombineGrid; readonly product: number } | undefined;
  for (const grid of gridsFor(shape, place)) {
    const { dollars, seconds } = shuffleCost(shape, place, grid);
    const isBetter = dollars * BETTER_BY < direct.dollars && seconds <= direct.seconds * SLOWER_BY;
    if (canBeDirect && !isBetter) continue;
    if (best === undefined || dollars * seconds < best.product) best = { grid, product: dollars * seconds };
  }
  return best?.grid;
}

function* gridsFor({ producers, partitions, sizeBytes }: ShuffleShape, place: ShufflePlace): Generator<CombineGrid> {
  const memoryBytes = place.memoryMiBPerTask * 2 ** 20 * USABLE_MEMORY;
  for (let producerBlocks = 2; producerBlocks <= Math.min(producers, MOST_BLOCKS); producerBlocks *= 2) {
    for (let partitionBlocks = 1; partitionBlocks <= Math.min(partitions, MOST_BLOCKS); partitionBlocks *= 2) {
      if (sizeBytes <= memoryBytes * producerBlocks * partitionBlocks) yield { producerBlocks, partitionBlocks };
    }
  }
}
