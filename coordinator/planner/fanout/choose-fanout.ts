import type { Relation } from '../../../engine/plan/relation.ts';
import { walk } from '../../../engine/plan/transform.ts';
import type { FabricModel } from '../../price/fabric-model.ts';
import { MAX_INDEX_ENTRIES } from '../../price/shuffle-cost.ts';
import { bytesOf } from '../logical/estimate-rows.ts';
import type { ScanWork } from './measure-scans.ts';

/**
 * Chooses the fan-out of a query. If the setting is a number, that number is used. With `auto`, estimates the seconds that 1, 2, 4, 8, ...
 * tasks would take, from the bytes to read and the fabric's cores, bandwidth and latencies. If all functions share the cores of one
 * machine, several tasks are used only if one task would lack memory.
 *
 *     1 GB to read, 1 exchange, 256 functions   ->   64 tasks for each scan, 64 partitions for each shuffle
 *     20 MB to read                             ->   1 task
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
  const forMemory = Math.min(MAX_TASKS_FOR_MEMORY, Math.max(1, Math.ceil(heldBytes(root) / memoryBytes)));
  const forTime = fabric.sharedCores ? 1 : fastest(totalBytes(works), exchangeCount(root), fabric);
  const tasks = Math.max(forTime, forMemory);
  return { scanTasks: tasks, bytesPerScanTask: MIN_BYTES_PER_TASK, partitions: tasks };
}

/** The chosen fan-out of a query. */
export interface Fanout {
  /** The maximum number of tasks of one scan. */
  readonly scanTasks: number;
  /** A scan gets at most one task per this many bytes, rounded up. */
  readonly bytesPerScanTask: number;
  /** The number of partitions of every shuffle. */
  readonly partitions: number;
}

export interface FanoutSettings {
  readonly fanout: 'auto' | number;
  /** Overrides the memory of the fabric's functions. */
  readonly memoryMiB?: number;
}

/** Encoded Parquet bytes that one core processes per second. The 22 TPC-H queries at SF1 take about 5 core-seconds per GB. */
const BYTES_PER_CORE_SECOND = 200e6;
/** Seconds that a shuffle takes in addition to its reader's invocation: the producer's write, the index and the ranged reads. */
const SHUFFLE_SECONDS = 0.15;
/** Bytes moved by a shuffle, as a share of the bytes that scans read. */
const SHUFFLED_SHARE = 0.5;
/** Several tasks must be faster than one task by this factor, because estimates are rough and distributed queries can have stragglers. */
const MARGIN = 1.25;
/** Fewer tasks are preferred if they take at most this many times as long, because they are cheaper. */
const ABOUT_AS_FAST = 1.1;
/** The share of a function's memory that joins, groups and sorts can use. */
const USABLE_MEMORY = 0.6;
/**
 * The maximum number of tasks chosen to provide memory. Estimates of the memory that operators need can be far too high, and operators that
 * need more memory spill to disk.
 */
const MAX_TASKS_FOR_MEMORY = 64;
/**
 * The maximum bytes that operators hold per byte of input. Encoded Parquet grows about fourfold when decoded, and joins, groups and sorts
 * may each hold the decoded rows.
 */
const MAX_HELD_PER_INPUT_BYTE = 16;
/** The minimum number of bytes per task. A task that reads less spends more time starting than reading. */
const MIN_BYTES_PER_TASK = 8 * 2 ** 20;

/**
 * Returns whether a query runs in one task regardless of its operators. The rows of such a query need not be estimated. On shared cores,
 * several tasks are used only if one task would lack memory, and operators hold at most `MAX_HELD_PER_INPUT_BYTE` bytes for each byte of
 * input.
 */
export function isSurelyOneTask(inputBytes: number, fabric: FabricModel, settings: FanoutSettings): boolean {
  if (settings.fanout !== 'auto' || !fabric.sharedCores) return false;
  return inputBytes * MAX_HELD_PER_INPUT_BYTE <= usableMemoryBytes(fabric, settings);
}

function usableMemoryBytes(fabric: FabricModel, settings: FanoutSettings): number {
  return (settings.memoryMiB ?? fabric.memoryMiBPerTask) * 2 ** 20 * USABLE_MEMORY;
}

/** Returns the number of tasks of a scan. */
export function scanTaskCount(work: ScanWork, fanout: Fanout): number {
  const worthwhile = Math.max(1, Math.ceil(work.sizeBytes / fanout.bytesPerScanTask));
  const wanted = fanout.bytesPerScanTask === 1 ? fanout.scanTasks : Math.min(fanout.scanTasks, worthwhile);
  return Math.min(wanted, Math.max(1, work.pieces.length));
}

/**
 * Returns the smallest number of tasks whose estimated time is close to the shortest one. Each additional task adds an invocation and makes the
 * pieces of shuffles smaller.
 */
function fastest(bytes: number, exchanges: number, fabric: FabricModel): number {
  const most = Math.min(fabric.concurrency, Math.ceil(bytes / MIN_BYTES_PER_TASK), Math.sqrt(MAX_INDEX_ENTRIES));
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

/**
 * Estimates the number of exchanges on the critical path of a distributed query, with one exchange for each operator that must see all rows
 * of a key.
 */
function exchangeCount(root: Relation): number {
  let count = 0;
  walk(root, (relation) => {
    if (relation.kind === 'aggregate' || relation.kind === 'sort' || relation.kind === 'window') count += 1;
    if (relation.kind === 'distinct') count += 1;
  });
  return Math.max(1, Math.min(count, 4));
}

/**
 * Estimates the bytes that the operators of a single task would hold at the same time: build sides, groups, sorted and windowed rows, and
 * definitions.
 */
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
