import { crc32 } from 'node:zlib';
import type { ArrowBatch, ArrowField } from '../arrow/batch.ts';
import type { BodyCodec } from '../arrow/compression.ts';
import { END_OF_STREAM, encodeBatchMessage, encodeSchemaMessage } from '../arrow/encode-stream.ts';
import { FabricError } from '../errors.ts';
import { blockStart } from '../plan/blocks.ts';
import { at, type ColumnBuilders, grow, type PartitionSizes } from './column-builders.ts';
import { encodeFooter } from './encode-footer.ts';
import { layOut, type PartitionRange, padded } from './object-layout.ts';
import { type RowsByPartition, rowSorter } from './rows-by-partition.ts';
import { columnBuilders } from './scatter.ts';
import { type Extent, openSpillFile, type SpillFile } from './spill-file.ts';

/** A partition's pending rows become a record batch when they reach this number of rows or bytes. */
const BATCH_ROWS = 65_536;
const BATCH_BYTES = 1 << 20;
const MIN_BATCH_BYTES = 16 << 10;

/** Small parts of the object are joined into pieces of at most this size. */
const PIECE_BYTES = 64 << 10;

/** The output to write, and the resources that the writer may use. */
export interface PartitionWriterOptions {
  readonly fields: readonly ArrowField[];
  readonly partitions: number;
  /**
   * The number of blocks of partitions in the object. Each block is itself a shuffle object. If absent, the object
   * contains the partitions directly.
   */
  readonly blocks?: number;
  /** Compression of record batches. If absent, they are not compressed. */
  readonly codec?: BodyCodec;
  /**
   * Rows that exceed this limit are spilled to a file. The limit covers all memory of the writer except one batch per
   * partition and the batch being appended.
   */
  readonly memoryLimitBytes: number;
  /** An existing folder. No file remains in it, even if the process is killed. */
  readonly spillDirectory: string;
}

/** A shuffle object, ready to be stored. */
export interface FinishedObject {
  /** The whole object, including its footer, in pieces to write in order. Iterate it once. */
  readonly parts: Iterable<Uint8Array>;
  readonly sizeBytes: number;
  readonly rows: number;
  /** The footer at the end of the object, for `encodeIndex`. */
  readonly footer: Uint8Array;
}

/**
 * Writes the partitioned output of one task. Calls are synchronous and CPU-bound, so do not make them on a server's
 * event loop.
 */
export interface PartitionWriter {
  /**
   * Appends a copy of a batch. Row i goes to partition `partitionIds[i]`, and extra ids are ignored. If `partitionIds`
   * is absent, all rows go to partition 0. Throws `STORE_FAILED` if spilling fails, and `INTERNAL` if an id is out of
   * range or if the batch does not have the layout of the fields.
   */
  append(batch: ArrowBatch, partitionIds?: Uint32Array): void;
  finish(): FinishedObject;
  /** Frees all resources. May be called after `finish`, and repeatedly. */
  abort(): void;
}

/** The record batch messages of one partition in order, either in memory or spilled. */
interface Partition {
  readonly messages: (readonly Uint8Array[] | Extent)[];
  sizeBytes: number;
  rows: number;
  checksum: number;
}

/** The state of a writer. */
interface Writing {
  readonly options: PartitionWriterOptions;
  readonly schema: Uint8Array;
  readonly columns: readonly ColumnBuilders[];
  /** The rows and bytes of each partition that are not yet in a record batch. */
  readonly pendingRows: Float64Array;
  readonly pendingBytes: PartitionSizes;
  readonly partitions: readonly Partition[];
  /** Memory used by record batches. */
  heldBytes: number;
  spill: SpillFile | undefined;
}

/** Creates a writer for one shuffle object. `object-layout.ts` describes the layout. */
export function createPartitionWriter(options: PartitionWriterOptions): PartitionWriter {
  const { fields, partitions, memoryLimitBytes } = options;
  const pendingBytes = new Float64Array(partitions);
  const writing: Writing = {
    options,
    schema: encodeSchemaMessage(fields),
    columns: fields.map((field) => columnBuilders(field, partitions, pendingBytes)),
    pendingRows: new Float64Array(partitions),
    pendingBytes,
    partitions: Array.from({ length: partitions }, () => ({ messages: [], sizeBytes: 0, rows: 0, checksum: 0 })),
    heldBytes: 0,
    spill: undefined,
  };
  const sortRows = rowSorter(partitions);
  // With many partitions, pending batches may use a quarter of the memory. They may temporarily use twice as much,
  // because buffers grow by doubling.
  const batchBytes = Math.max(MIN_BATCH_BYTES, Math.min(BATCH_BYTES, memoryLimitBytes / 8 / partitions));
  return {
    append(batch, partitionIds) {
      checkShape(fields, batch);
      const scatters = partitionIds !== undefined && partitions > 1;
      appendRows(writing, batch, scatters ? sortRows(partitionIds, batch.rows) : undefined);
      flushLarge(writing, batchBytes);
    },
    finish: () => finish(writing),
    abort() {
      for (const partition of writing.partitions) partition.messages.length = 0;
      writing.spill?.close();
    },
  };
}

/** Appends rows to the columns. If `rows` is undefined, all rows go to partition 0. */
function appendRows(writing: Writing, batch: ArrowBatch, rows: RowsByPartition | undefined): void {
  const { columns, pendingRows } = writing;
  for (const [index, column] of columns.entries()) {
    const source = batch.columns[index];
    if (source === undefined) continue;
    if (rows === undefined) column.append(0, source, 0, batch.rows);
    else column.scatter(source, rows);
  }
  if (rows === undefined) grow(pendingRows, 0, batch.rows);
  else {
    for (let index = 0; index < pendingRows.length; index++)
      grow(pendingRows, index, (rows.starts[index + 1] ?? 0) - (rows.starts[index] ?? 0));
  }
}

/** Creates record batches for partitions that are large enough, and spills when memory runs low. */
function flushLarge(writing: Writing, batchBytes: number): void {
  const { pendingRows, pendingBytes, options } = writing;
  let growingBytes = 0;
  for (let index = 0; index < pendingRows.length; index++) {
    const isLarge = (pendingBytes[index] ?? 0) >= batchBytes || (pendingRows[index] ?? 0) >= BATCH_ROWS;
    if (isLarge) flush(writing, index, writing.spill);
    growingBytes += pendingBytes[index] ?? 0;
  }
  const usedBytes = writing.heldBytes + 2 * growingBytes;
  if (writing.spill === undefined && writing.heldBytes > 0 && usedBytes > options.memoryLimitBytes) spillAll(writing);
}

/**
 * Creates a record batch from a partition's pending rows. Either keeps it in memory, or appends it to a spill file and
 * reuses its memory.
 */
function flush(writing: Writing, index: number, spillTo: SpillFile | undefined): void {
  const { columns, pendingRows, pendingBytes } = writing;
  const partition = at(writing.partitions, index);
  const rows = pendingRows[index] ?? 0;
  const { fields, codec } = writing.options;
  const batch = { rows, columns: columns.map((column) => column.view(index)) };
  const message = encodeBatchMessage(fields, batch, codec);
  if (partition.rows === 0) account(partition, [writing.schema]);
  account(partition, message);
  partition.rows += rows;
  if (spillTo === undefined) {
    partition.messages.push(message);
    writing.heldBytes += memoryOf(message);
  } else partition.messages.push(spillTo.append(message));
  // Without compression, a message that stays in memory consists of views over the builders' memory.
  const isViewed = spillTo === undefined && codec === undefined;
  for (const column of columns) column.clear(index, isViewed ? 'give away' : 'reuse');
  pendingRows[index] = 0;
  pendingBytes[index] = 0;
}

function spillAll(writing: Writing): void {
  const file = openSpillFile(writing.options.spillDirectory);
  writing.spill = file;
  for (const { messages } of writing.partitions) {
    for (const [index, message] of messages.entries()) {
      if (!('offset' in message)) messages[index] = file.append(message);
    }
  }
  writing.heldBytes = 0;
}

function finish(writing: Writing): FinishedObject {
  const { partitions } = writing;
  for (const [index, partition] of partitions.entries()) {
    if ((writing.pendingRows[index] ?? 0) > 0) flush(writing, index, undefined);
    if (partition.rows > 0) account(partition, [END_OF_STREAM]);
  }
  const { blocks } = writing.options;
  const laidOut = blocks === undefined ? undefined : layOutBlocks(partitions, blocks);
  const ranges = laidOut === undefined ? layOut(partitions) : layOut(laidOut);
  const footer = encodeFooter(ranges, laidOut !== undefined);
  const last = ranges.at(-1);
  const sizeBytes = (last === undefined ? 0 : last.offset + padded(last.sizeBytes)) + footer.length;
  return {
    parts: inPieces(objectParts(writing, laidOut, footer), Math.min(PIECE_BYTES, sizeBytes)),
    sizeBytes,
    rows: partitions.reduce((rows, partition) => rows + partition.rows, 0),
    footer,
  };
}

function checkShape(fields: readonly ArrowField[], batch: ArrowBatch): void {
  const short = batch.columns.findIndex((column) => column.rows < batch.rows);
  if (batch.columns.length !== fields.length || short >= 0) {
    throw new FabricError(
      'INTERNAL',
      `The layout of a batch with ${batch.columns.length} columns does not match the ${fields.length} fields of its output.`,
    );
  }
}

function account(partition: Partition, parts: readonly Uint8Array[]): void {
  for (const part of parts) {
    partition.checksum = crc32(part, partition.checksum);
    partition.sizeBytes += part.length;
  }
}

/** Returns the number of bytes that a message keeps allocated. The builders' memory may be larger than the message. */
function memoryOf(message: readonly Uint8Array[]): number {
  return message.reduce((size, part) => size + part.buffer.byteLength, 0);
}

/** Consecutive partitions that form a shuffle object within the object. */
interface Block extends Omit<PartitionRange, 'offset'> {
  readonly partitions: readonly Partition[];
  readonly footer: Uint8Array;
}

/** The checksum of a block is the checksum of its footer, which contains the checksums of its partitions. */
function layOutBlocks(partitions: readonly Partition[], blocks: number): readonly Block[] {
  return Array.from({ length: blocks }, (_none, block) => {
    const from = blockStart(partitions.length, blocks, block);
    const own = partitions.slice(from, blockStart(partitions.length, blocks, block + 1));
    const rows = own.reduce((sum, partition) => sum + partition.rows, 0);
    const footer = encodeFooter(layOut(own));
    if (rows === 0) return { partitions: own, footer, sizeBytes: 0, rows, checksum: 0 };
    const sizeBytes = own.reduce((size, partition) => size + padded(partition.sizeBytes), footer.length);
    return { partitions: own, footer, sizeBytes, rows, checksum: crc32(footer) };
  });
}

/** Yields the parts of the object in order. Frees memory as parts are read, and closes the spill file at the end. */
function* objectParts(
  writing: Writing,
  blocks: readonly Block[] | undefined,
  footer: Uint8Array,
): Generator<Uint8Array> {
  try {
    if (blocks === undefined) yield* partitionParts(writing, writing.partitions);
    for (const block of blocks ?? []) {
      if (block.rows === 0) continue;
      yield* partitionParts(writing, block.partitions);
      yield block.footer;
      yield new Uint8Array(padded(block.sizeBytes) - block.sizeBytes);
    }
    yield footer;
  } finally {
    writing.spill?.close();
  }
}

function* partitionParts({ schema, spill }: Writing, partitions: readonly Partition[]): Generator<Uint8Array> {
  for (const partition of partitions) {
    if (partition.rows === 0) continue;
    yield schema;
    for (const message of partition.messages.splice(0)) {
      if (!('offset' in message)) yield* message;
      else if (spill !== undefined) yield* spill.read(message);
    }
    yield END_OF_STREAM;
    yield new Uint8Array(padded(partition.sizeBytes) - partition.sizeBytes);
  }
}

/** Joins runs of small parts, so that a store receives fewer writes. */
function* inPieces(parts: Iterable<Uint8Array>, pieceBytes: number): Generator<Uint8Array> {
  let piece = new Uint8Array(pieceBytes);
  let filled = 0;
  for (const part of parts) {
    if (filled > 0 && filled + part.length > pieceBytes) {
      yield piece.subarray(0, filled);
      piece = new Uint8Array(pieceBytes);
      filled = 0;
    }
    if (part.length > pieceBytes) yield part;
    else {
      piece.set(part, filled);
      filled += part.length;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
