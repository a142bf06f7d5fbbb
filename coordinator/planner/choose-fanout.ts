import type { Relation } from '../../engine/plan/relation.ts';
import { walk } from '../../engine/plan/transform.ts';
import type { FabricModel } from '../price/fabric-model.ts';
import type { ScanWork } from './choose-splits.ts';
import { bytesOf } from './estimate-rows.ts';

/** Into how many tasks a query is cut. */
export interface Fanout {
  /** The most tasks one scan gets. */
  readonly scanTasks: number;
  /** A scan gets no more tasks than leave each this many bytes. */
  readonly bytesPerScanTask: number;
  /** Partitions of every shuffle. */
  readonly partitions: number;
}

export interface FanoutSettings {
  readonly fanout: 'auto' | number;
  /** Overrides the memory of the fabric's functions. */
  readonly memoryMiB?: number;
}

/**
 * The index of a shuffle has 32 bytes for each partition of each producer, and is made in the coordinator's memory: this many are 128 MiB.
 * As stages read partitions and write as many, it bounds the square of the fan-out.
 */
export const MOST_INDEX_ENTRIES = 4 * 2 ** 20;
/** Encoded Parquet bytes one core turns into an answer in a second: TPC-H's 22 queries at SF1 take about 5 core seconds for 1 GB. */
const BYTES_PER_CORE_SECOND = 200e6;
/** What a stage that reads a shuffle adds beside its invocation: index and ranged reads, the write of the stage before. */
const SHUFFLE_SECONDS = 0.15;
/** A shuffle moves about as many bytes as this share of what the scans read. */
const SHUFFLED_SHARE = 0.5;
/** A distributed shape must beat the single task by this factor, since estimates are rough and one task cannot be late alone. */
const MARGIN = 1.25;
/** Fewer tasks that take at most this many times as long are as good, and cheaper. */
const ABOUT_AS_FAST = 1.1;
/** The share of a function's memory that joins, groups and sorts may fill. */
const USABLE_MEMORY = 0.6;
/** Estimates of held bytes can be wild; beyond this many tasks operators spill to disk instead. */
const MOST_FOR_MEMORY = 64;
/** Encoded Parquet grows about fourfold when decoded; joins, groups and sorts may each hold it. */
const MOST_HELD_PER_INPUT_BYTE = 16;
/** Below this a task spends more on starting than on reading. */
const MIN_BYTES_PER_TASK = 8 * 2 ** 20;

/**
 * Decides the fan-out of a query. A number forces it. `auto` compares the seconds one task with all its cores would take with those
 * of more and more tasks, from the bytes to read and the fabric's cores, bandwidth and delays; where all functions share the cores of
 * one machine only memory is a reason to cut.
 */
export function chooseFanout(
  root: Relation,
  works: ReadonlyMap<number, ScanWork>,
  fabric: FabricModel,
  settings: FanoutSettings,
): Fanout {
  if (settings.fanout !== 'auto') {
    const tasks = Math.max(1, Math.floor(settings.fanout));
    return { scanTasks: tasks, bytesPerScanTask: 1, partitions: tasks };
  }
  if (isSurelyOneTask(totalBytes(works), fabric, settings)) {
    return { scanTasks: 1, bytesPerScanTask: MIN_BYTES_PER_TASK, partitions: 1 };
  }
  const memoryBytes = usableMemoryBytes(fabric, settings);
  const forMemory = Math.min(MOST_FOR_MEMORY, Math.max(1, Math.ceil(heldBytes(root) / memoryBytes)));
  const forTime = fabric.sharedCores ? 1 : fastest(totalBytes(works), exchangeCount(root), fabric);
  const tasks = Math.max(forTime, forMemory);
  return { scanTasks: tasks, bytesPerScanTask: MIN_BYTES_PER_TASK, partitions: tasks };
}

/**
 * Whether a query will be one task whatever it does with its input, so that nobody needs to know how many rows are expected where.
 * Only memory is a reason to cut on shared cores, and operators do not hold the decoded input several times over.
 */
export function isSurelyOneTask(inputBytes: number, fabric: FabricModel, settings: FanoutSettings): boolean {
  if (settings.fanout !== 'auto' || !fabric.sharedCores) return false;
  return inputBytes * MOST_HELD_PER_INPUT_BYTE <= usableMemoryBytes(fabric, settings);
}

function usableMemoryBytes(fabric: FabricModel, settings: FanoutSettings): number {
  return (settings.memoryMiB ?? fabric.memoryMiBPerTask) * 2 ** 20 * USABLE_MEMORY;
}

/** How many tasks a scan gets. */
export function scanTaskCount(work: ScanWork, fanout: Fanout): number {
  const worthwhile = Math.max(1, Math.ceil(work.sizeBytes / fanout.bytesPerScanTask));
  const wanted = fanout.bytesPerScanTask === 1 ? fanout.scanTasks : Math.min(fanout.scanTasks, worthwhile);
  return Math.min(wanted, Math.max(1, work.pieces.length));
}

/** The fewest tasks that are about as fast as any number of them: each one more costs an invocation and finer shuffles. */
function fastest(bytes: number, exchanges: number, fabric: FabricModel): number {
  const most = Math.min(fabric.concurrency, Math.ceil(bytes / MIN_BYTES_PER_TASK), Math.sqrt(MOST_INDEX_ENTRIES));
  const shapes: { readonly tasks: number; readonly seconds: number }[] = [];
  for (let tasks = 2; tasks <= most; tasks *= 2) {
    shapes.push({ tasks, seconds: secondsFor(tasks, bytes, exchanges, fabric) });
  }
  const best = Math.min(...shapes.map((shape) => shape.seconds));
  if (best * MARGIN >= secondsFor(1, bytes, 0, fabric)) return 1;
  return shapes.find((shape) => shape.seconds <= best * ABOUT_AS_FAST)?.tasks ?? 1;
}

function secondsFor(tasks: number, bytes: number, exchanges: number, fabric: FabricModel): number {
  const reading = bytes / tasks / fabric.readBytesPerSecond;
  const computing = bytes / tasks / (BYTES_PER_CORE_SECOND * fabric.coresPerTask);
  const shuffling = (exchanges * SHUFFLED_SHARE * bytes) / tasks / fabric.readBytesPerSecond;
  return (
    (1 + exchanges) * fabric.invokeSeconds + Math.max(reading, computing) + exchanges * SHUFFLE_SECONDS + shuffling
  );
}

function totalBytes(works: ReadonlyMap<number, ScanWork>): number {
  return [...works.values()].reduce((sum, work) => sum + work.sizeBytes, 0);
}

/** Exchanges on the longest way a distributed shape would have, about: one for each operator that has to see all rows of a key. */
function exchangeCount(root: Relation): number {
  let count = 0;
  walk(root, (relation) => {
    if (relation.kind === 'aggregate' || relation.kind === 'sort' || relation.kind === 'window') count += 1;
    if (relation.kind === 'distinct') count += 1;
  });
  return Math.max(1, Math.min(count, 4));
}

/** Bytes that operators of one task would hold at once, about: build sides, groups, sorted and windowed rows, definitions. */
function heldBytes(root: Relation): number {
  let held = 0;
  walk(root, (relation) => {
    if (relation.kind === 'join') held += bytesOf(relation.right);
    else if (relation.kind === 'aggregate' || relation.kind === 'distinct') held += bytesOf(relation);
    else if (relation.kind === 'window') held += bytesOf(relation.input);
    else if (relation.kind === 'sort' && relation.limit === undefined) held += bytesOf(relation.input);
    else if (relation.kind === 'with') held += bytesOf(relation.definition);
  });
  return held;
}
