import { FabricError } from '../errors.ts';
import type { ArrowField, ArrowType } from './batch.ts';

/**
 * The content of one buffer of a column. `offsets` holds rows + 1 int32 values. `bytes` holds the data that the preceding offsets delimit.
 */
export type BufferLayout =
  | { readonly kind: 'fixed'; readonly widthBytes: number }
  | { readonly kind: 'bits' }
  | { readonly kind: 'offsets' }
  | { readonly kind: 'bytes' };

/** The layout of a column in the Arrow columnar format. The validity bitmap, if any, comes first, followed by `buffers` and `children`. */
export interface ColumnLayout {
  readonly hasValidity: boolean;
  readonly buffers: readonly BufferLayout[];
  /** The child columns. A map has one child, the struct of its entries. */
  readonly children: readonly ArrowField[];
}

const BITS: ColumnLayout = { hasValidity: true, buffers: [{ kind: 'bits' }], children: [] };
const NOTHING: ColumnLayout = { hasValidity: false, buffers: [], children: [] };
const VARIABLE: ColumnLayout = { hasValidity: true, buffers: [{ kind: 'offsets' }, { kind: 'bytes' }], children: [] };

function fixed(widthBytes: number): ColumnLayout {
  return { hasValidity: true, buffers: [{ kind: 'fixed', widthBytes }], children: [] };
}

/** Returns the physical layout of a type. Source: the Arrow columnar format, "Buffer listing for each layout". */
export function layoutOf(type: ArrowType): ColumnLayout {
  switch (type.kind) {
    case 'null':
      return NOTHING;
    case 'bool':
      return BITS;
    case 'int':
    case 'float':
    case 'decimal':
      return fixed(type.bits / 8);
    case 'date32':
      return fixed(4);
    case 'time64':
    case 'timestamp':
      return fixed(8);
    case 'interval-month-day-nano':
      return fixed(16);
    case 'fixed-binary':
      return fixed(type.width);
    case 'utf8':
    case 'binary':
      return VARIABLE;
    case 'list':
      return { hasValidity: true, buffers: [{ kind: 'offsets' }], children: [type.child] };
    case 'map':
      return { hasValidity: true, buffers: [{ kind: 'offsets' }], children: [mapEntries(type.key, type.value)] };
    case 'fixed-list':
      return { hasValidity: true, buffers: [], children: [type.child] };
    case 'struct':
      return { hasValidity: true, buffers: [], children: type.fields };
    default:
      return type satisfies never;
  }
}

/** Returns the field of a map's only child, the struct of its entries. */
export function mapEntries(key: ArrowField, value: ArrowField): ArrowField {
  return { name: 'entries', type: { kind: 'struct', fields: [key, value] } };
}

/** Returns whether bit `row` of a bitmap (least significant first) is set. */
export function bitAt(bits: Uint8Array, row: number): boolean {
  return (((bits[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

/** Returns the number of 0 bits among the first `rows` bits. */
export function countZeroBits(bits: Uint8Array, rows: number): number {
  const wholeBytes = rows >> 3;
  let ones = 0;
  for (let i = 0; i < wholeBytes; i++) ones += populationCount(bits[i] ?? 0);
  const rest = rows & 7;
  if (rest > 0) ones += populationCount((bits[wholeBytes] ?? 0) & ((1 << rest) - 1));
  return rows - ones;
}

function populationCount(byte: number): number {
  let bits = byte - ((byte >> 1) & 0x55);
  bits = (bits & 0x33) + ((bits >> 2) & 0x33);
  return (bits + (bits >> 4)) & 0x0f;
}

/** Returns the first `count` int32 values of a buffer. The result is a view, or a copy if the buffer is not aligned to 4 bytes. */
export function int32View(buffer: Uint8Array, count: number): Int32Array {
  if (buffer.byteOffset % 4 === 0) return new Int32Array(buffer.buffer, buffer.byteOffset, count);
  return new Int32Array(new Uint8Array(buffer.subarray(0, count * 4)).buffer);
}

/** Returns an end offset, which must fit in an int32. Throws `OUTPUT_FAILED` if a column of a batch has more bytes or elements. */
export function checkEnd(end: number): number {
  if (end <= 0x7fffffff) return end;
  throw columnTooLarge();
}

/** The error for a column of a batch whose bytes or elements exceed the range of Arrow's int32 offsets. */
export function columnTooLarge(cause?: unknown): FabricError {
  const message =
    'A batch of rows (at most 2,048) has more than 2 GiB of text or 2,147,483,647 list elements in one column. Use shorter values or smaller lists.';
  return new FabricError('OUTPUT_FAILED', message, { cause });
}
