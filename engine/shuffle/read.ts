import { crc32 } from 'node:zlib';
import { FabricError } from '../errors.ts';
import type { InputMode } from '../plan/relation.ts';
import { Gate } from '../store/gate.ts';
import type { ByteRange, ObjectStore } from '../store/object-store.ts';
import { settleAll } from '../store/settle-all.ts';
import type { ProducedObject, TaskInput } from '../task/task.ts';
import { decodeFooter, footerBytes, lost } from './decode-footer.ts';
import { readIndexRow } from './index.ts';
import type { PartitionRange } from './object-layout.ts';
import {
  IN_FLIGHT_BYTES,
  type ObjectEnd,
  type PinnedObject,
  READS_AT_ONCE,
  readFooter,
  readPinned,
} from './read-footer.ts';

/** A partition that is the whole object is read together with its footer up to this size. */
const WHOLE_BYTES = 8 << 20;

/** Larger ranges are read as several of about this size. */
const READ_BYTES = 16 << 20;

/** Which part of which input is fetched. */
export interface FetchOptions {
  readonly store: ObjectStore;
  readonly input: TaskInput;
  /** As in the plan's `input`: `partition` reads partition `partition` of every producer, `all` the only partition of every producer, `forward` the only partition of producer `partition`, `combine` block `partition` of every producer. */
  readonly mode: InputMode;
  /** The number of the reading task; with `combine` that of its block of partitions. */
  readonly partition: number;
  /** Reads at a time. */
  readonly concurrency?: number;
  /** Whether nobody wants the rows any more. Asked before each read. */
  readonly isStopped?: () => boolean;
}

/** One producer's part. */
export interface FetchedStream {
  /** The task that wrote it. */
  readonly producer: number;
  /** The object's key. */
  readonly key: string;
  readonly rows: number;
  /** A whole Arrow IPC stream, or a block of partitions with its footer, in an ArrayBuffer of its own, which may be transferred. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a task reads of one input. */
export interface FetchedPartition {
  /** One for each producer that has rows, in task order. */
  readonly streams: readonly FetchedStream[];
  readonly rows: number;
  /** What the store gave. */
  readonly bytes: number;
}

/**
 * Fetches what a task reads of one input, checksums verified. With an index: one read of it, then one for each producer; else the end of
 * each object first. Rejects with `SHUFFLE_LOST`, naming the object, where one is missing, changed or corrupt; with `CANCELLED` once it is
 * stopped; else with what the store says.
 */
export async function fetchPartition(options: FetchOptions): Promise<FetchedPartition> {
  const { taken: streams, bytes } = await fetchEach(options, (stream) => stream);
  return { streams, rows: streams.reduce((rows, stream) => rows + stream.rows, 0), bytes };
}

/** What was made of each producer's part, in task order, and the bytes that were read for it. */
export interface FetchedParts<Taken> {
  readonly taken: readonly Taken[];
  readonly bytes: number;
}

/** As `fetchPartition`, but hands each producer's part to `take` as soon as it is there, so that not all need be held. */
export async function fetchEach<Taken>(
  options: FetchOptions,
  take: (stream: FetchedStream) => Taken,
): Promise<FetchedParts<Taken>> {
  const { input, mode, partition } = options;
  const count = { bytes: 0 };
  const reader: Reader = {
    store: options.store,
    gate: new Gate(options.concurrency ?? READS_AT_ONCE, IN_FLIGHT_BYTES),
    isStopped: options.isStopped ?? (() => false),
    count,
  };
  const isCut = mode === 'partition' || mode === 'combine';
  const producers = [...input.producers.entries()]
    .filter(([task, { rows }]) => rows > 0 && (mode !== 'forward' || task === partition))
    .map(([task, object]) => ({ task, object }));
  if (mode === 'forward' && input.producers[partition] === undefined) {
    throw new FabricError('INTERNAL', `Stage ${input.stage} has no task ${partition} to read from`);
  }
  const row = producers.length > 1 ? await indexRow(reader, input, isCut ? partition : 0) : undefined;
  const wanted = isCut ? partition - (input.slice?.firstPartition ?? 0) : 0;
  // Readers begin at different producers, or all of them would ask the same few prefixes of the store at a time.
  const first = partition % Math.max(1, producers.length);
  const fetched = await settleAll(
    [...producers.slice(first), ...producers.slice(0, first)].map(async ({ task, object }) => {
      const range = row?.[(input.slice?.firstProducer ?? 0) + task];
      const stream = await fetchStream(reader, object, { wanted, isOnly: !isCut, isBlock: mode === 'combine', range });
      return stream && { task, taken: take({ producer: task, key: object.key, ...stream }) };
    }),
  );
  const parts = fetched.filter((part) => part !== undefined).sort((a, b) => a.task - b.task);
  return { taken: parts.map((part) => part.taken), ...count };
}

interface Reader {
  readonly store: ObjectStore;
  readonly gate: Gate;
  readonly isStopped: () => boolean;
  readonly count: { bytes: number };
}

/** What is wanted of an object; `range`: where that is, as an index says; `isOnly`: it must be all the object has; `isBlock`: it is a shuffle object of its own. */
interface Wanted {
  readonly wanted: number;
  readonly isOnly: boolean;
  readonly isBlock: boolean;
  readonly range: PartitionRange | undefined;
}

async function indexRow(
  reader: Reader,
  input: TaskInput,
  partition: number,
): Promise<readonly PartitionRange[] | undefined> {
  const { index } = input;
  if (index === undefined) return undefined;
  const producers = input.slice?.rowProducers ?? input.producers.length;
  return await readIndexRow((range) => read(reader, index, range), index, producers, partition);
}

async function fetchStream(
  reader: Reader,
  object: ProducedObject,
  { wanted, isOnly, isBlock, range: known }: Wanted,
): Promise<{ readonly rows: number; readonly bytes: Uint8Array<ArrayBuffer> } | undefined> {
  const end = known === undefined ? await readEnd(reader, object, isOnly) : undefined;
  const partitions = end && decodeFooter(end.footer, object.key);
  if (isOnly && partitions !== undefined && partitions.length !== 1) {
    throw new FabricError(
      'INTERNAL',
      `Shuffle object ${object.key} has ${partitions.length} partitions where one is read by all`,
    );
  }
  const range = known ?? partitions?.[wanted];
  if (range === undefined) throw lost(object.key, `has no partition ${wanted}`);
  if (range.rows === 0) return undefined;
  if (range.offset + range.sizeBytes > object.identity.sizeBytes)
    throw lost(object.key, 'is shorter than it should be');
  const bytes = sliceOf(end, range) ?? (await readWhole(reader, object, range));
  // The partitions of a block have checksums of their own, in the footer that the block's is of.
  const checked = isBlock ? bytes.subarray(-footerBytes(bytes, object.key)) : bytes;
  if (crc32(checked) !== range.checksum)
    throw lost(object.key, `is corrupt in partition ${wanted}: its checksum differs`);
  return { rows: range.rows, bytes };
}

async function readEnd(reader: Reader, object: ProducedObject, isWholeWanted: boolean): Promise<ObjectEnd> {
  const { sizeBytes } = object.identity;
  const atLeastBytes = isWholeWanted && sizeBytes <= WHOLE_BYTES ? sizeBytes : 0;
  return await readFooter((range) => read(reader, object, range), object, atLeastBytes);
}

/** The partition, where the end that was read already holds it. */
function sliceOf(end: ObjectEnd | undefined, range: PartitionRange): Uint8Array<ArrayBuffer> | undefined {
  if (end === undefined || range.offset < end.start) return undefined;
  const from = range.offset - end.start;
  return new Uint8Array(end.bytes.subarray(from, from + range.sizeBytes));
}

async function readWhole(
  reader: Reader,
  object: ProducedObject,
  range: PartitionRange,
): Promise<Uint8Array<ArrayBuffer>> {
  const { offset, sizeBytes } = range;
  if (sizeBytes <= READ_BYTES) return ownBuffer(await read(reader, object, { start: offset, end: offset + sizeBytes }));
  const whole = new Uint8Array(sizeBytes);
  const pieces = Math.ceil(sizeBytes / READ_BYTES);
  await settleAll(
    Array.from({ length: pieces }, async (_, piece) => {
      const start = piece * READ_BYTES;
      const end = Math.min(sizeBytes, start + READ_BYTES);
      whole.set(await read(reader, object, { start: offset + start, end: offset + end }), start);
    }),
  );
  return whole;
}

async function read(reader: Reader, object: PinnedObject, range: ByteRange): Promise<Uint8Array> {
  const { store, gate, isStopped, count } = reader;
  const bytes = await gate.pass(range.end - range.start, async () => {
    if (isStopped()) throw new FabricError('CANCELLED', `The shuffle object ${object.key} is not wanted any more`);
    return readPinned(store, object, range);
  });
  count.bytes += bytes.length;
  return bytes;
}

/** The bytes in an ArrayBuffer that holds nothing else. */
function ownBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) return new Uint8Array(buffer);
  return new Uint8Array(bytes);
}
