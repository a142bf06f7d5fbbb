import type { RequestsByKind } from '../../coordinator/price/usage.ts';
import { blockLength, blockOf } from '../../engine/plan/blocks.ts';
import type { InputMode, Relation } from '../../engine/plan/relation.ts';
import type { Stage } from '../../engine/plan/stage.ts';
import { walk } from '../../engine/plan/transform.ts';
import type { ProducedObject, Task, TaskInput } from '../../engine/task/task.ts';
import type { CloudModel } from './model.ts';
import { type PrefixRates, prefixOf } from './prefix-rates.ts';

/** The phases of a running task, in ms and in order, and its requests to the store. */
export interface TaskWork {
  readonly indexMs: number;
  readonly readMs: number;
  readonly computeMs: number;
  readonly writeMs: number;
  /** The number of gets for input files, and for shuffle objects and their indexes. */
  readonly inputReads: number;
  readonly shuffleReads: number;
  /** The requests that wrote its output. */
  readonly writes: RequestsByKind;
  readonly inputBytes: number;
  readonly shuffleBytes: number;
  readonly outputBytes: number;
}

/** The parameters that determine a task's time, apart from the task itself. */
export interface TaskWorld {
  readonly model: CloudModel;
  /** All stages of the job. */
  readonly stages: readonly Stage[];
  readonly getMs: () => number;
  readonly putMs: () => number;
  readonly reads: PrefixRates;
  readonly writes: PrefixRates;
  /** The bytes that a stage writes per byte it reads. */
  readonly shuffledShare: number;
  readonly cores: number;
}

/** The environment of a task, with the remaining burst capacity of its network. */
export interface Environment {
  burstBytes: number;
}

/** Concurrent reads: the number of requests by prefix, and the bytes they return. */
interface Reads {
  readonly byPrefix: Map<string, number>;
  bytes: number;
}

/** Up to this size, reading an entire output takes only one read for its bytes and its footer. */
const WHOLE_BYTES = 8 * 2 ** 20;

const modes = new WeakMap<Relation, ReadonlyMap<number, InputMode>>();
const knownReads = new WeakMap<readonly ProducedObject[], Reads>();

/**
 * Computes the work of a task that starts at `now`. `slowness` is the factor by which reading and computing take
 * longer.
 */
export function workOf(task: Task, now: number, slowness: number, room: Environment, world: TaskWorld): TaskWork {
  const { model } = world;
  const scanned = scanReads(task, model);
  const shuffled = emptyReads();
  let indexReads = 0;
  for (const input of task.inputs) {
    if (input.index !== undefined) indexReads += 1;
    merge(shuffled, inputReads(task, input, world));
  }
  const indexMs = indexReads === 0 ? 0 : Math.max(...Array.from({ length: indexReads }, world.getMs));
  const readMs = timeOfReads([scanned, shuffled], now + indexMs, slowness, room, world);
  const bytes = scanned.bytes + shuffled.bytes;
  const computeMs = (bytes / (model.bytesPerCoreSecond * world.cores)) * 1000 * slowness;
  const outputBytes = Math.ceil(bytes * shareOf(task, world.shuffledShare));
  const write = writeOf(task.outputKey, outputBytes, now + indexMs + readMs + computeMs, room, world);
  return {
    indexMs,
    readMs,
    computeMs,
    writeMs: write.ms,
    writes: write.requests,
    inputReads: requestsOf(scanned),
    shuffleReads: requestsOf(shuffled) + indexReads,
    inputBytes: scanned.bytes,
    shuffleBytes: shuffled.bytes,
    outputBytes,
  };
}

/**
 * Returns the output bytes per input byte. Combiners write all bytes they read. The bytes of results are not simulated.
 */
function shareOf({ stage }: Task, shuffledShare: number): number {
  if (stage.output.kind === 'result') return 0;
  return stage.output.kind === 'combined' ? 1 : shuffledShare;
}

function emptyReads(): Reads {
  return { byPrefix: new Map(), bytes: 0 };
}

function add(reads: Reads, key: string, requests: number, bytes: number): void {
  const prefix = prefixOf(key);
  reads.byPrefix.set(prefix, (reads.byPrefix.get(prefix) ?? 0) + requests);
  reads.bytes += bytes;
}

function merge(into: Reads, from: Reads): void {
  for (const [prefix, requests] of from.byPrefix)
    into.byPrefix.set(prefix, (into.byPrefix.get(prefix) ?? 0) + requests);
  into.bytes += from.bytes;
}

function requestsOf(reads: Reads): number {
  let requests = 0;
  for (const count of reads.byPrefix.values()) requests += count;
  return requests;
}

/** Returns the reads of a scan: for each split, the footer and then the column chunks in ranges. */
function scanReads(task: Task, model: CloudModel): Reads {
  const reads = emptyReads();
  for (const { table, splits } of task.splits) {
    for (const split of splits) {
      const location = task.tables[table]?.files[split.file]?.location ?? '';
      add(reads, location, 1 + Math.ceil(split.sizeBytes / model.readBytes), split.sizeBytes);
    }
  }
  return reads;
}

function inputReads(task: Task, input: TaskInput, { model, stages }: TaskWorld): Reads {
  const mode = modesOf(task.stage.root).get(input.stage);
  const { producers } = input;
  switch (mode) {
    case 'partition':
    case 'combine':
      return partReads(producers, partsOf(task, input, mode, stages), model);
    case 'all':
      return wholeReads(producers, model);
    case 'forward':
      return wholeReads(producers.slice(task.index, task.index + 1), model);
    case undefined:
      throw new Error(`Stage ${task.stage.id} has the input stage ${input.stage}, which its fragment does not read.`);
    default:
      return mode satisfies never;
  }
}

/** Returns the number of equal parts in each object of an input. A task reads one part of each object. */
function partsOf(task: Task, input: TaskInput, mode: InputMode, stages: readonly Stage[]): number {
  const output = stages[input.stage]?.output;
  if (output?.kind === 'combined') {
    const { partitions, partitionBlocks } = output;
    return blockLength(partitions, partitionBlocks, blockOf(partitions, partitionBlocks, task.index));
  }
  if (output?.kind !== 'hash') return 1;
  return mode === 'combine' ? (output.blocks ?? output.partitions) : output.partitions;
}

/** Returns the reads of one part of each object. Computed once for all tasks that read parts of the same objects. */
function partReads(producers: readonly ProducedObject[], parts: number, model: CloudModel): Reads {
  const known = knownReads.get(producers);
  if (known !== undefined) return known;
  const reads = emptyReads();
  for (const { key, identity } of producers) {
    const bytes = Math.ceil(identity.sizeBytes / parts);
    add(reads, key, Math.max(1, Math.ceil(bytes / model.readBytes)), bytes);
  }
  knownReads.set(producers, reads);
  return reads;
}

function wholeReads(producers: readonly ProducedObject[], model: CloudModel): Reads {
  const reads = emptyReads();
  for (const { key, identity } of producers) {
    const isWhole = identity.sizeBytes <= WHOLE_BYTES;
    add(reads, key, isWhole ? 1 : 1 + Math.ceil(identity.sizeBytes / model.readBytes), identity.sizeBytes);
  }
  return reads;
}

function modesOf(root: Relation): ReadonlyMap<number, InputMode> {
  const known = modes.get(root);
  if (known !== undefined) return known;
  const found = new Map<number, InputMode>();
  walk(root, (relation) => {
    if (relation.kind === 'input') found.set(relation.stage, relation.mode);
  });
  modes.set(root, found);
  return found;
}

/**
 * Returns the time that reads take: the maximum of the requests' latencies with limited concurrency, the transfer time
 * of the bytes, and the time that the prefix limits impose.
 */
function timeOfReads(
  all: readonly Reads[],
  now: number,
  slowness: number,
  room: Environment,
  world: TaskWorld,
): number {
  let [requests, bytes, servedAt] = [0, 0, now];
  for (const reads of all) {
    bytes += reads.bytes;
    for (const [prefix, count] of reads.byPrefix) {
      requests += count;
      servedAt = Math.max(servedAt, world.reads.serve(prefix, count, now));
    }
  }
  const { model, getMs } = world;
  const ownMs = Math.max(inLanes(requests, model.readsAtOnce, getMs), transferMs(bytes, room, model)) * slowness;
  return Math.max(ownMs, servedAt - now);
}

/** Returns the time until the last request ends, with at most `lanes` concurrent requests. */
function inLanes(requests: number, lanes: number, latencyMs: () => number): number {
  const freeAt = new Float64Array(Math.min(requests, lanes));
  for (let request = 0; request < requests; request += 1) {
    let lane = 0;
    for (let other = 1; other < freeAt.length; other += 1) {
      if ((freeAt[other] ?? 0) < (freeAt[lane] ?? 0)) lane = other;
    }
    freeAt[lane] = (freeAt[lane] ?? 0) + latencyMs();
  }
  return freeAt.reduce((latest, at) => Math.max(latest, at), 0);
}

/** Returns the transfer time of bytes. Uses up the burst capacity of the environment's network. */
function transferMs(bytes: number, room: Environment, model: CloudModel): number {
  const fast = Math.min(bytes, room.burstBytes);
  room.burstBytes -= fast;
  return (fast / model.burstBytesPerSecond + (bytes - fast) / model.steadyBytesPerSecond) * 1000;
}

function writeOf(
  key: string,
  bytes: number,
  now: number,
  room: Environment,
  { model, putMs, writes }: TaskWorld,
): { readonly ms: number; readonly requests: TaskWork['writes'] } {
  if (bytes === 0) return { ms: 0, requests: {} };
  const parts = Math.ceil(bytes / model.partBytes);
  const count = parts === 1 ? 1 : parts + 2;
  const waitMs = writes.serve(prefixOf(key), count, now) - now;
  const partsMs = Math.max(inLanes(parts, model.readsAtOnce, putMs), transferMs(bytes, room, model));
  if (parts === 1) return { ms: Math.max(waitMs, partsMs), requests: { put: 1 } };
  const requests = { 'create-multipart': 1, 'upload-part': parts, 'complete-multipart': 1 };
  return { ms: Math.max(waitMs, putMs() + partsMs + putMs()), requests };
}
