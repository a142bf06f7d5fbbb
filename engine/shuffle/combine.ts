import { crc32 } from 'node:zlib';
import { END_OF_STREAM } from '../arrow/encode-stream.ts';
import { FabricError } from '../errors.ts';
import { blockLength } from '../plan/blocks.ts';
import type { StageOutput } from '../plan/stage.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { TaskInput } from '../task/task.ts';
import { decodeFooter, footerBytes, lost } from './decode-footer.ts';
import { encodeFooter } from './encode-footer.ts';
import { layOut, type PartitionRange, padded } from './object-layout.ts';
import { type FetchedStream, fetchEach } from './read.ts';
import { type Extent, openSpillFile, type SpillFile } from './spill-file.ts';

export interface CombineOptions {
  readonly store: ObjectStore;
  /** The objects of the producers in this task's block. */
  readonly input: TaskInput;
  readonly output: Extract<StageOutput, { kind: 'combined' }>;
  /** The index of the combining task. */
  readonly task: number;
  /** Blocks that exceed this total are spilled to a file. */
  readonly memoryLimitBytes: number;
  /** An existing folder. No file remains in it. */
  readonly spillDirectory: string;
  readonly isStopped: () => boolean;
}

/** A combined object that is ready to be stored, with the bytes that were fetched for it. */
export interface CombinedObject {
  /**
   * The whole object, in pieces. Iterate it once. The generator frees the fetched inputs at its end, even after an
   * error or an early return.
   */
  readonly parts: Generator<Uint8Array>;
  readonly rows: number;
  /** Returns the object's footer. Available after all parts have been read. */
  readonly footer: () => Uint8Array;
  /** Bytes read from the store. */
  readonly bytes: number;
  /** Frees the fetched inputs. Idempotent. */
  close(): void;
}

/**
 * Fetches a combiner's block of partitions from each of its producers and combines the blocks into one shuffle object,
 * in which all rows of a partition are together. Moves record batches without decoding them, and verifies the checksum
 * of each partition. Rejects with the errors of `fetchPartition`, and with `STORE_FAILED` if it cannot spill.
 */
export async function combinePartitions(options: CombineOptions): Promise<CombinedObject> {
  const { store, input, output, task, isStopped } = options;
  const partition = task % output.partitionBlocks;
  const held: Held = { options, heldBytes: 0, spill: undefined };
  const close = () => held.spill?.close();
  try {
    const fetched = await fetchEach({ store, input, mode: 'combine', partition, isStopped }, (stream) =>
      takeBlock(held, stream, blockLength(output.partitions, output.partitionBlocks, partition)),
    );
    const blocks = fetched.taken;
    const [first, ...others] = blocks;
    const different = others.find(({ schema }) => Buffer.compare(schema, first?.schema ?? schema) !== 0);
    if (different !== undefined)
      throw new FabricError('INTERNAL', `Shuffle objects ${different.key} and ${first?.key} have different columns.`);
    const count = blockLength(output.partitions, output.partitionBlocks, partition);
    let footer: Uint8Array | undefined;
    const parts = combinedParts(held, blocks, count, (made) => {
      footer = made;
    });
    return {
      parts,
      rows: blocks.reduce((sum, block) => sum + block.rows, 0),
      footer: () => {
        if (footer === undefined) throw new FabricError('INTERNAL', 'A combined object was not written completely.');
        return footer;
      },
      bytes: fetched.bytes,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

interface Held {
  readonly options: CombineOptions;
  heldBytes: number;
  spill: SpillFile | undefined;
}

/** One producer's block: the record batches of each partition, in memory or spilled. */
interface Block {
  readonly key: string;
  readonly rows: number;
  readonly schema: Uint8Array;
  readonly partitions: readonly (Piece | undefined)[];
}

interface Piece {
  readonly rows: number;
  readonly batches: Uint8Array | Extent;
}

function takeBlock(held: Held, { key, rows, bytes }: FetchedStream, count: number): Block {
  const ranges = decodeFooter(bytes.subarray(-footerBytes(bytes, key)), key);
  if (ranges.length !== count) throw lost(key, `has a block with ${ranges.length} partitions instead of ${count}`);
  let schema: Uint8Array | undefined;
  const found = ranges.map((range, at) => {
    if (range.rows === 0) return undefined;
    const stream = bytes.subarray(range.offset, range.offset + range.sizeBytes);
    if (stream.length !== range.sizeBytes || crc32(stream) !== range.checksum)
      throw lost(key, `is corrupt: partition ${at} of a block has a wrong checksum`);
    const schemaBytes = firstMessageBytes(stream);
    schema ??= stream.slice(0, schemaBytes);
    return {
      rows: range.rows,
      start: range.offset + schemaBytes,
      end: range.offset + stream.length - END_OF_STREAM.length,
    };
  });
  if (schema === undefined) throw lost(key, 'has a block with rows but without partitions');
  const spilled = spill(held, bytes);
  const partitions = found.map((piece) => {
    if (piece === undefined) return undefined;
    const { start, end } = piece;
    const batches =
      spilled === undefined ? bytes.subarray(start, end) : { offset: spilled.offset + start, sizeBytes: end - start };
    return { rows: piece.rows, batches };
  });
  return { key, rows, schema, partitions };
}

/** Spills a block to a file if it would exceed the memory limit. Blocks that are already in memory remain there. */
function spill(held: Held, bytes: Uint8Array): Extent | undefined {
  const { memoryLimitBytes, spillDirectory } = held.options;
  if (held.heldBytes + bytes.length <= memoryLimitBytes) {
    held.heldBytes += bytes.length;
    return undefined;
  }
  held.spill ??= openSpillFile(spillDirectory);
  return held.spill.append([bytes]);
}

/** Returns the length of a stream's first message (its schema), including prefix and metadata. */
function firstMessageBytes(stream: Uint8Array): number {
  return 8 + new DataView(stream.buffer, stream.byteOffset, stream.byteLength).getInt32(4, true);
}

function* combinedParts(
  held: Held,
  blocks: readonly Block[],
  count: number,
  onFooter: (footer: Uint8Array) => void,
): Generator<Uint8Array> {
  try {
    const written: Omit<PartitionRange, 'offset'>[] = [];
    for (let at = 0; at < count; at++) {
      const partition = { sizeBytes: 0, rows: 0, checksum: 0 };
      for (const part of streamParts(held, blocks, at, partition)) {
        partition.checksum = crc32(part, partition.checksum);
        partition.sizeBytes += part.length;
        yield part;
      }
      if (partition.sizeBytes > 0) yield new Uint8Array(padded(partition.sizeBytes) - partition.sizeBytes);
      written.push(partition);
    }
    const footer = encodeFooter(layOut(written));
    onFooter(footer);
    yield footer;
  } finally {
    held.spill?.close();
  }
}

/**
 * Yields one partition's stream: the schema once, then the batches of every producer that has rows in the partition.
 * Counts the rows.
 */
function* streamParts(
  held: Held,
  blocks: readonly Block[],
  at: number,
  counted: { rows: number },
): Generator<Uint8Array> {
  for (const { schema, partitions } of blocks) {
    const piece = partitions[at];
    if (piece === undefined) continue;
    if (counted.rows === 0) yield schema;
    counted.rows += piece.rows;
    if (!('offset' in piece.batches)) yield piece.batches;
    else if (held.spill !== undefined) yield* held.spill.read(piece.batches);
  }
  if (counted.rows > 0) yield END_OF_STREAM;
}
