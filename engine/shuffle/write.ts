import { crc32 } from 'node:zlib';
import type { ArrowBatch, ArrowField } from '../arrow/batch.ts';
import { END_OF_STREAM, encodeBatchMessage, encodeSchemaMessage } from '../arrow/encode-stream.ts';
import { FabricError } from '../errors.ts';
import { encodeFooter } from './encode-footer.ts';
import { PARTITION_ALIGNMENT, type PartitionRange } from './object-layout.ts';
import { rowSorter } from './rows-by-partition.ts';
import { columnBuilders } from './scatter.ts';
import { type Extent, openSpillFile, type SpillFile } from './spill-file.ts';

/** A partition's rows become a record batch when there are so many of them, or so many bytes. */
const BATCH_ROWS = 65_536;
const BATCH_BYTES = 1 << 20;
const LEAST_BATCH_BYTES = 16 << 10;

/** Smaller parts of the object are joined into pieces of up to this size. */
const PIECE_BYTES = 64 << 10;

export interface PartitionWriterOptions {
  readonly fields: readonly ArrowField[];
  readonly partitions: number;
  /** Rows held beyond this go to a file. Bounds all memory of the writer but for one batch a partition and the batch being appended. */
  readonly memoryLimitBytes: number;
  /** A folder that exists. Nothing is left in it, not even by a process that is killed. */
  readonly spillDirectory: string;
}

/** A shuffle object, ready to be stored. */
export interface FinishedObject {
  /** The whole object, footer included, in pieces of memory to be written one after another. To be iterated once. */
  readonly parts: Iterable<Uint8Array>;
  readonly sizeBytes: number;
  readonly rows: number;
  /** The footer, as it also ends the object: what `encodeIndex` takes. */
  readonly footer: Uint8Array;
}

/** Writes the output of one task, cut into partitions. Calls are synchronous and take CPU: not for the event loop of a server. */
export interface PartitionWriter {
  /**
   * Appends a batch, copying it. `partitionIds[i]` is where row i goes (more ids than rows are fine); absent: all rows go to partition 0.
   * Throws `STORE_FAILED` when it cannot spill, `INTERNAL` where an id is out of range or the batch is not laid out as the fields say.
   */
  append(batch: ArrowBatch, partitionIds?: Uint32Array): void;
  finish(): FinishedObject;
  /** Frees everything, also after `finish`. Idempotent. */
  abort(): void;
}

/** What one partition wrote so far: record batch messages in memory or spilled, in order. */
interface Partition {
  readonly messages: (readonly Uint8Array[] | Extent)[];
  sizeBytes: number;
  rows: number;
  checksum: number;
}

/** Makes a writer of one shuffle object. The layout is described in `object-layout.ts`. */
export function createPartitionWriter(options: PartitionWriterOptions): PartitionWriter {
  const { fields, memoryLimitBytes, spillDirectory } = options;
  const schema = encodeSchemaMessage(fields);
  const sizes = new Float64Array(options.partitions);
  const pendingRows = new Float64Array(options.partitions);
  const columns = fields.map((field) => columnBuilders(field, options.partitions, sizes));
  const partitions = Array.from(
    { length: options.partitions },
    (): Partition => ({ messages: [], sizeBytes: 0, rows: 0, checksum: 0 }),
  );
  const sortRows = rowSorter(options.partitions);
  // With many partitions the batches in the making may take a quarter of the memory, doubled by the way they grow.
  const batchBytes = Math.max(LEAST_BATCH_BYTES, Math.min(BATCH_BYTES, memoryLimitBytes / 8 / options.partitions));
  let heldBytes = 0;
  let spill: SpillFile | undefined;

  const flush = (index: number, partition: Partition, spillTo: SpillFile | undefined) => {
    const rows = pendingRows[index] ?? 0;
    const message = encodeBatchMessage(fields, { rows, columns: columns.map((column) => column.view(index)) });
    if (partition.rows === 0) account(partition, [schema]);
    account(partition, message);
    partition.rows += rows;
    if (spillTo === undefined) {
      partition.messages.push(message);
      heldBytes += memoryOf(message);
    } else partition.messages.push(spillTo.append(message));
    for (const column of columns) column.clear(index, spillTo === undefined ? 'give away' : 'reuse');
    pendingRows[index] = 0;
    sizes[index] = 0;
  };

  const spillAll = () => {
    const file = openSpillFile(spillDirectory);
    spill = file;
    for (const { messages } of partitions) {
      for (const [at, message] of messages.entries()) {
        if (!('offset' in message)) messages[at] = file.append(message);
      }
    }
    heldBytes = 0;
  };

  return {
    append(batch, partitionIds) {
      checkShape(fields, batch);
      if (partitionIds === undefined || options.partitions === 1) {
        for (const [at, column] of batch.columns.entries()) columns[at]?.append(0, column, 0, batch.rows);
        pendingRows[0] = (pendingRows[0] ?? 0) + batch.rows;
      } else {
        const rows = sortRows(partitionIds, batch.rows);
        for (const [at, column] of batch.columns.entries()) columns[at]?.scatter(column, rows);
        for (let at = 0; at < options.partitions; at++) {
          pendingRows[at] = (pendingRows[at] ?? 0) + (rows.starts[at + 1] ?? 0) - (rows.starts[at] ?? 0);
        }
      }
      let pendingBytes = 0;
      for (const [index, partition] of partitions.entries()) {
        if ((sizes[index] ?? 0) >= batchBytes || (pendingRows[index] ?? 0) >= BATCH_ROWS)
          flush(index, partition, spill);
        pendingBytes += sizes[index] ?? 0;
      }
      if (spill === undefined && heldBytes + 2 * pendingBytes > memoryLimitBytes && heldBytes > 0) spillAll();
    },
    finish() {
      for (const [index, partition] of partitions.entries()) {
        if ((pendingRows[index] ?? 0) > 0) flush(index, partition, undefined);
        if (partition.rows > 0) account(partition, [END_OF_STREAM]);
      }
      const footer = encodeFooter(rangesOf(partitions));
      const sizeBytes = partitions.reduce((size, partition) => size + padded(partition.sizeBytes), footer.length);
      return {
        parts: inPieces(objectParts(schema, partitions, spill, footer), Math.min(PIECE_BYTES, sizeBytes)),
        sizeBytes,
        rows: partitions.reduce((rows, partition) => rows + partition.rows, 0),
        footer,
      };
    },
    abort() {
      for (const partition of partitions) partition.messages.length = 0;
      spill?.close();
    },
  };
}

function checkShape(fields: readonly ArrowField[], batch: ArrowBatch): void {
  const short = batch.columns.findIndex((column) => column.rows < batch.rows);
  if (batch.columns.length !== fields.length || short >= 0) {
    throw new FabricError(
      'INTERNAL',
      `A batch of ${batch.columns.length} columns does not fit the ${fields.length} fields of its output`,
    );
  }
}

function account(partition: Partition, parts: readonly Uint8Array[]): void {
  for (const part of parts) {
    partition.checksum = crc32(part, partition.checksum);
    partition.sizeBytes += part.length;
  }
}

/** What a message keeps from being freed: the builders' memory may be larger than what it holds. */
function memoryOf(message: readonly Uint8Array[]): number {
  return message.reduce((size, part) => size + part.buffer.byteLength, 0);
}

function padded(sizeBytes: number): number {
  return Math.ceil(sizeBytes / PARTITION_ALIGNMENT) * PARTITION_ALIGNMENT;
}

function rangesOf(partitions: readonly Partition[]): readonly PartitionRange[] {
  let offset = 0;
  return partitions.map(({ sizeBytes, rows, checksum }) => {
    const range = { offset, sizeBytes, rows, checksum };
    offset += padded(sizeBytes);
    return range;
  });
}

/** The object in order. What is in memory is let go as it is written; the spill file is closed at the end. */
function* objectParts(
  schema: Uint8Array,
  partitions: readonly Partition[],
  spill: SpillFile | undefined,
  footer: Uint8Array,
): Generator<Uint8Array> {
  try {
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
    yield footer;
  } finally {
    spill?.close();
  }
}

/** Joins runs of small parts, so that a store makes few writes of them. */
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
