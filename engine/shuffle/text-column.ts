import type { ArrowColumn } from '../arrow/batch.ts';
import { checkEnd, int32View } from '../arrow/layout.ts';
import {
  at,
  type ColumnBuilders,
  columnOf,
  FIRST_ROWS,
  grow,
  NO_BYTES,
  type PartitionSizes,
  roomAfter,
} from './column-builders.ts';
import { gatherText, lengthOfRows, type TextSource } from './gather.ts';
import { appendValidity, type Nullable, scatterValidity, validityOf } from './validity.ts';

/** The number of bytes to allocate at the first row. */
const FIRST_BYTES = 4096;

interface TextPart extends Nullable {
  /** The first `rows + 1` offsets are set. The first one is 0. */
  offsets: Int32Array;
  bytes: Uint8Array;
  /** A view of the same memory. */
  words: DataView;
  /** The number of rows and bytes to allocate memory for initially. */
  readonly room: { readonly rows: number; readonly bytes: number };
}

function empty(rows: number, bytes: number): TextPart {
  return {
    rows: 0,
    validity: undefined,
    offsets: new Int32Array(1),
    bytes: NO_BYTES,
    words: new DataView(NO_BYTES.buffer),
    room: { rows, bytes },
  };
}

function lengthOf(part: TextPart): number {
  return part.offsets[part.rows] ?? 0;
}

/** Ensures capacity for `rows` more rows with `bytes` bytes in total. */
function reserve(part: TextPart, rows: number, bytes: number): void {
  const neededRows = part.rows + rows;
  if (part.offsets.length <= neededRows) {
    const offsets = new Int32Array(Math.max(part.room.rows, neededRows, 2 * part.rows) + 1);
    offsets.set(part.offsets.subarray(0, part.rows + 1));
    part.offsets = offsets;
  }
  const neededBytes = checkEnd(lengthOf(part) + bytes);
  if (part.bytes.length < neededBytes) {
    const larger = new Uint8Array(Math.max(part.room.bytes, neededBytes, Math.min(2 * lengthOf(part), 2 ** 31)));
    larger.set(part.bytes.subarray(0, lengthOf(part)));
    part.bytes = larger;
    part.words = new DataView(larger.buffer);
  }
}

/** Creates the builders of a column of texts or blobs. */
export function textColumn(partitions: number, sizes: PartitionSizes): ColumnBuilders {
  const parts = Array.from({ length: partitions }, () => empty(FIRST_ROWS, FIRST_BYTES));
  return {
    scatter(source, rows) {
      const text = textOf(source);
      scatterValidity(parts, validityOf(source), rows);
      for (let partition = 0; partition < partitions; partition++) {
        const from = rows.starts[partition] ?? 0;
        const to = rows.starts[partition + 1] ?? 0;
        if (from === to) continue;
        const part = at(parts, partition);
        const bytes = lengthOfRows(text.offsets, rows.order, from, to);
        reserve(part, to - from, bytes);
        gatherText(part, part.rows, text, rows.order, from, to);
        part.rows += to - from;
        grow(sizes, partition, bytes + 4 * (to - from));
      }
    },
    append(partition, source, start, end) {
      const part = at(parts, partition);
      const text = textOf(source);
      const [firstByte, lastByte] = [text.offsets[start] ?? 0, text.offsets[end] ?? 0];
      appendValidity(part, validityOf(source), start, end);
      reserve(part, end - start, lastByte - firstByte);
      part.bytes.set(text.bytes.subarray(firstByte, lastByte), lengthOf(part));
      appendOffsets(part.offsets, part.rows, text.offsets, start, end);
      part.rows += end - start;
      grow(sizes, partition, lastByte - firstByte + 4 * (end - start));
    },
    view(partition) {
      const part = at(parts, partition);
      return columnOf(part, [offsetBytes(part.offsets, part.rows), part.bytes.subarray(0, lengthOf(part))], []);
    },
    clear(partition, memory) {
      const part = at(parts, partition);
      if (memory === 'give away')
        parts[partition] = empty(roomAfter(part.rows), Math.max(FIRST_BYTES, lengthOf(part) >> 2));
      else [part.rows, part.validity] = [0, undefined];
    },
  };
}

function textOf(source: ArrowColumn): TextSource {
  const bytes = at(source.buffers, 1);
  const offsets = int32View(at(source.buffers, 0), source.rows + 1);
  return { offsets, bytes, words: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** Appends the offsets of rows `[start, end)`. They are shifted to continue from the end of the target's row `row`. */
export function appendOffsets(target: Int32Array, row: number, source: Int32Array, start: number, end: number): void {
  const shift = (target[row] ?? 0) - (source[start] ?? 0);
  for (let i = 1; i <= end - start; i++) target[row + i] = (source[start + i] as number) + shift;
}

/** Returns the `rows + 1` offsets of a column as Arrow's buffer. */
export function offsetBytes(offsets: Int32Array, rows: number): Uint8Array {
  return new Uint8Array(offsets.buffer, offsets.byteOffset, (rows + 1) * 4);
}
