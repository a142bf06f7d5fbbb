import { crc32 } from 'node:zlib';
import { FabricError } from '../errors.ts';
import type { InputMode } from '../plan/relation.ts';
import { Gate } from '../store/gate.ts';
import type { ByteRange, ObjectStore } from '../store/object-store.ts';
import { settleAll } from '../store/settle-all.ts';
import type { ProducedObject, TaskInput } from '../task/task.ts';
import { decodeFooter, footerBytes, lost } from './decode-footer.ts';
import type { PartitionRange } from './object-layout.ts';
import {
  IN_FLIGHT_BYTES,
  type ObjectEnd,
  type PinnedObject,
  READS_AT_ONCE,
  readFooter,
  readPinned,
} from './read-footer.ts';
import { readIndexRow } from './stage-index.ts';

/** An object with a single partition is read together with its footer up to this size. */
const WHOLE_BYTES = 8 << 20;

/** Larger ranges are split into requests of about this size. */
const READ_BYTES = 16 << 20;

/** The part of an input to fetch. */
export interface FetchOptions {
  readonly store: ObjectStore;
  readonly input: TaskInput;
  /**
   * The mode of the plan's `input` relation. `partition`: partition `partition` of every producer. `all`: the only
   * partition of every producer. `forward`: the only partition of producer `partition`. `combine`: block `partition` of
   * every producer.
   */
  readonly mode: InputMode;
  /** The index of the reading task. For `combine`, the index of its block of partitions. */
  readonly partition: number;
  /** The maximum number of concurrent reads. */
  readonly concurrency?: number;
  /** Returns whether the rows are no longer needed. Called before each read. */
  readonly isStopped?: () => boolean;
}

/** The part of an input that comes from one producer. */
export interface FetchedStream {
  /** The index of the task that wrote the part. */
  readonly producer: number;
  /** The object's key. */
  readonly key: string;
  readonly rows: number;
  /** A complete Arrow IPC stream, or a block of partitions with its footer, in a separate, transferable ArrayBuffer. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A task's part of one input. */
export interface FetchedPartition {
  /** One stream for each producer that has rows, in task order. */
  readonly streams: readonly FetchedStream[];
  readonly rows: number;
  /** Bytes read from the store. */
  readonly bytes: number;
}

/**
 * Fetches a task's part of one input and verifies its checksums. With an index, reads the index row and then each
 * producer's part. Without an index, reads the end of each object first. Rejects with `SHUFFLE_LOST`, with the object's
 * key in the message, if an object is missing, changed or corrupt, with `CANCELLED` after `isStopped` returns true, and
 * otherwise with the store's error.
 */
export async function fetchPartition(options: FetchOptions): Promise<FetchedPartition> {
  const { taken: streams, bytes } = await fetchEach(options, (stream) => stream);
  return { streams, rows: streams.reduce((rows, stream) => rows + stream.rows, 0), bytes };
}

/** The values that `take` returned for the producers' parts, in task order, and the bytes read. */
export interface FetchedParts<Taken> {
  readonly taken: readonly Taken[];
  readonly bytes: number;
}

/**
 * Fetches a task's part of one input like `fetchPartition`, but passes each producer's part to `take` as soon as it
 * arrives. The parts are therefore not all in memory at the same time.
 */
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
    throw new FabricError('INTERNAL', `Stage ${input.stage} has no task ${partition}.`);
  }
  const row = producers.length > 1 ? await indexRow(reader, input, isCut ? partition : 0) : undefined;
  const wanted = isCut ? partition - (input.slice?.firstPartition ?? 0) : 0;
  // Readers start at different producers so that they do not all send requests to the same few prefixes of the store at
  // the same time.
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

/**
 * The part of an object to fetch. `range` is the part's range according to an index. If `isOnly`, the object must have
 * no other partition. If `isBlock`, the part is itself a shuffle object.
 */
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
      `Shuffle object ${object.key} has ${partitions.length} partitions, but a reader of all rows expects one.`,
    );
  }
  const range = known ?? partitions?.[wanted];
  if (range === undefined) throw lost(object.key, `has no partition ${wanted}`);
  if (range.rows === 0) return undefined;
  if (range.offset + range.sizeBytes > object.identity.sizeBytes)
    throw lost(object.key, 'is shorter than its index or footer states');
  const bytes = sliceOf(end, range) ?? (await readWhole(reader, object, range));
  // The partitions of a block have their own checksums in the block's footer. The block's checksum covers that footer.
  const checked = isBlock ? bytes.subarray(-footerBytes(bytes, object.key)) : bytes;
  if (crc32(checked) !== range.checksum) throw lost(object.key, `is corrupt: partition ${wanted} has a wrong checksum`);
  return { rows: range.rows, bytes };
}

async function readEnd(reader: Reader, object: ProducedObject, isWholeWanted: boolean): Promise<ObjectEnd> {
  const { sizeBytes } = object.identity;
  const atLeastBytes = isWholeWanted && sizeBytes <= WHOLE_BYTES ? sizeBytes : 0;
  return await readFooter((range) => read(reader, object, range), object, atLeastBytes);
}

/** Returns the bytes of the partition if the end of the object contains them. */
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
    if (isStopped())
      throw new FabricError('CANCELLED', `The task stopped before it read the shuffle object ${object.key}.`);
    return readPinned(store, object, range);
  });
  count.bytes += bytes.length;
  return bytes;
}

/** Returns the bytes in an ArrayBuffer that contains no other bytes. */
function ownBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) return new Uint8Array(buffer);
  return new Uint8Array(bytes);
}
