import { isAscii } from 'node:buffer';
import type { ArrowColumn, ArrowField, ArrowType } from '../../../engine/arrow/batch.ts';
import { mapEntries } from '../../../engine/arrow/layout.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { ConstantValue } from '../../../engine/plan/expression.ts';
import { BIGINT, type DataType, typeSql, VARCHAR } from '../../../engine/plan/types.ts';
import { offsetText, timeText } from './temporal-text.ts';
import { checkTextLength } from './text-limit.ts';
import { asBigint } from './value-text.ts';

/**
 * Returns the value of a row as a `ConstantValue`. A BIT or a TIME WITH TIME ZONE is text. A UNION is a pair: the member's name and its
 * value.
 */
export type ValueReader = (row: number) => ConstantValue;

function unexpected(field: ArrowField, type: DataType): FabricError {
  return new FabricError(
    'INTERNAL',
    `The result column "${field.name}" of type ${typeSql(type)} has the Arrow type ${field.type.kind}, which is not a wire type for it.`,
  );
}

/** Returns bytes that are aligned for words of `width` bytes. Copies them if necessary. */
function aligned(bytes: Uint8Array, width: number): Uint8Array {
  return bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
}

/** Views a buffer as integers of `bits` bits. */
function integers(bytes: Uint8Array, bits: 8 | 16 | 32 | 64, signed: boolean): ArrayLike<number | bigint> {
  const { buffer, byteOffset, byteLength } = bytes;
  const length = Math.floor((byteLength * 8) / bits);
  switch (bits) {
    case 8:
      return signed ? new Int8Array(buffer, byteOffset, length) : bytes;
    case 16:
      return signed ? new Int16Array(buffer, byteOffset, length) : new Uint16Array(buffer, byteOffset, length);
    case 32:
      return signed ? new Int32Array(buffer, byteOffset, length) : new Uint32Array(buffer, byteOffset, length);
    case 64:
      return signed ? new BigInt64Array(buffer, byteOffset, length) : new BigUint64Array(buffer, byteOffset, length);
    default:
      return bits satisfies never;
  }
}

function integerReader(values: Uint8Array, bits: 8 | 16 | 32 | 64, signed: boolean): (row: number) => bigint {
  const words = integers(aligned(values, bits / 8), bits, signed);
  return (row) => BigInt(words[row] ?? 0);
}

/** Reads 128-bit integers in little-endian order. */
function wideReader(values: Uint8Array, signed: boolean): (row: number) => bigint {
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  return (row) => {
    const upper = signed ? view.getBigInt64(row * 16 + 8, true) : view.getBigUint64(row * 16 + 8, true);
    return (upper << 64n) | view.getBigUint64(row * 16, true);
  };
}

/** Reads 128-bit integers in big-endian order. */
function networkReader(values: Uint8Array): (row: number) => bigint {
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  return (row) => (view.getBigUint64(row * 16, false) << 64n) | view.getBigUint64(row * 16 + 8, false);
}

function floatReader(values: Uint8Array, bits: 32 | 64): (row: number) => number {
  const { buffer, byteOffset, byteLength } = aligned(values, bits / 8);
  const length = Math.floor((byteLength * 8) / bits);
  const words: ArrayLike<number> =
    bits === 64 ? new Float64Array(buffer, byteOffset, length) : new Float32Array(buffer, byteOffset, length);
  return (row) => words[row] ?? 0;
}

function offsetsOf(column: ArrowColumn): Int32Array {
  const bytes = aligned(column.buffers[0] ?? new Uint8Array(), 4);
  return new Int32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.byteLength / 4));
}

/** The length of a window of ASCII text. A longer value gets a window of its own length. */
const WINDOW_BYTES = 64 << 10;

/**
 * Reads text. If a column is pure ASCII, decodes windows of many values and slices the values from them, which is much faster than decoding
 * each value. Expects the rows in ascending order.
 */
function textReader(column: ArrowColumn): (row: number) => string {
  const offsets = offsetsOf(column);
  const { buffer, byteOffset, byteLength } = column.buffers[1] ?? new Uint8Array();
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  if (!isAscii(bytes)) return (row) => bytes.toString('utf8', offsets[row] ?? 0, offsets[row + 1] ?? 0);
  let window = '';
  let start = 0;
  return (row) => {
    const [from, to] = [offsets[row] ?? 0, offsets[row + 1] ?? 0];
    if (from < start || to > start + window.length) {
      start = from;
      window = bytes.toString('latin1', from, Math.min(bytes.length, Math.max(to, from + WINDOW_BYTES)));
    }
    return window.slice(from - start, to - start);
  };
}

function bytesReader(column: ArrowColumn): (row: number) => Uint8Array {
  const offsets = offsetsOf(column);
  const bytes = column.buffers[1] ?? new Uint8Array();
  return (row) => bytes.subarray(offsets[row] ?? 0, offsets[row + 1] ?? 0);
}

/** Returns a reader for values other than NULL. The caller handles NULLs. */
function presentReader(field: ArrowField, column: ArrowColumn, type: DataType): ValueReader {
  const physical: ArrowType = field.type;
  const values = column.buffers[0] ?? new Uint8Array();
  // A column of type NULL has some other wire type.
  if (type.kind === 'scalar' && type.name === 'NULL') return () => null;
  switch (physical.kind) {
    case 'null':
      return () => null;
    case 'bool':
      return (row) => ((values[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
    case 'int': {
      const read = integerReader(values, physical.bits, physical.signed);
      return type.kind === 'scalar' && type.name === 'BOOLEAN' ? (row) => read(row) !== 0n : read;
    }
    case 'float':
      return floatReader(values, physical.bits);
    case 'decimal':
      return physical.bits === 128 ? wideReader(values, true) : integerReader(values, physical.bits, true);
    case 'date32':
      return integerReader(values, 32, true);
    case 'time64':
    case 'timestamp':
      return integerReader(values, 64, true);
    case 'interval-month-day-nano':
      throw unexpected(field, type);
    case 'utf8':
      return textReader(column);
    case 'binary':
      return binaryReader(bytesReader(column), type);
    case 'fixed-binary':
      return fixedBinaryReader(field, column, type, physical.width);
    case 'list':
    case 'fixed-list':
    case 'struct':
    case 'map':
      return nestedReader(field, column, type);
    default:
      return physical satisfies never;
  }
}

function binaryReader(read: (row: number) => Uint8Array, type: DataType): ValueReader {
  if (type.kind === 'scalar' && type.name === 'BIT') return (row) => bitText(read(row));
  if (type.kind === 'scalar' && type.name === 'BIGNUM') return (row) => bignumValue(read(row));
  return read;
}

function fixedBinaryReader(field: ArrowField, column: ArrowColumn, type: DataType, width: number): ValueReader {
  const values = column.buffers[0] ?? new Uint8Array();
  if (type.kind === 'scalar' && width === 16) {
    if (type.name === 'HUGEINT') return wideReader(values, true);
    if (type.name === 'UHUGEINT') return wideReader(values, false);
    if (type.name === 'UUID') return networkReader(values);
  }
  if (type.kind === 'scalar' && type.name === 'TIME WITH TIME ZONE' && width === 8) {
    const read = integerReader(values, 64, false);
    return (row) => zonedTimeText(read(row));
  }
  throw unexpected(field, type);
}

const OFFSET_BITS = 24n;
const MAX_OFFSET_SECONDS = 57_599;
const BIGNUM_HEADER_BYTES = 3;

/**
 * Formats a TIME WITH TIME ZONE from DuckDB's 64 bits. The upper 40 bits are the microseconds since midnight. The lower 24 bits are the
 * number of seconds by which the offset is less than +15:59:59.
 */
function zonedTimeText(bits: bigint): string {
  const offsetSeconds = MAX_OFFSET_SECONDS - Number(bits & 0xffffffn);
  return timeText(bits >> OFFSET_BITS, 1_000_000n) + offsetText(offsetSeconds, 'seconds');
}

/** Formats a BIT from DuckDB's bytes. The first byte is the number of padding bits at the start of the second byte. */
function bitText(bytes: Uint8Array): string {
  const padding = bytes[0] ?? 0;
  checkTextLength((bytes.length - 1) * 8);
  const text = Buffer.allocUnsafe((bytes.length - 1) * 8);
  for (let bit = 0; bit < text.length; bit += 1)
    text[bit] = 48 + (((bytes[1 + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1);
  return text.toString('latin1', padding);
}

/**
 * Reads a BIGNUM from DuckDB's bytes: a header of 3 bytes, whose first bit is the sign, and the magnitude in big-endian order. All bits of
 * a negative number are inverted.
 */
function bignumValue(bytes: Uint8Array): bigint {
  const isNegative = ((bytes[0] ?? 0x80) & 0x80) === 0;
  const magnitude = bytes.slice(BIGNUM_HEADER_BYTES);
  if (isNegative)
    magnitude.forEach((byte, index) => {
      magnitude[index] = ~byte & 0xff;
    });
  const value = magnitude.length === 0 ? 0n : BigInt(`0x${Buffer.from(magnitude).toString('hex')}`);
  return isNegative ? -value : value;
}

/** A nested column, and a function that returns readers for its children. The function throws `INTERNAL` if a child is missing. */
interface Nested {
  readonly column: ArrowColumn;
  readonly child: (index: number, field: ArrowField | undefined, type: DataType) => ValueReader;
}

function nestedReader(field: ArrowField, column: ArrowColumn, type: DataType): ValueReader {
  const child = (index: number, childField: ArrowField | undefined, childType: DataType): ValueReader => {
    const childColumn = column.children[index];
    if (!childColumn || !childField) throw unexpected(field, type);
    return valueReader(childField, childColumn, childType);
  };
  const physical = field.type;
  const read =
    physical.kind === 'struct'
      ? structReader(physical.fields, { column, child }, type)
      : sequenceReader(physical, { column, child }, type);
  if (!read) throw unexpected(field, type);
  return read;
}

/** Reads the types whose wire type is a struct: STRUCT, INTERVAL (three parts) and UNION (a tag and one field per member). */
function structReader(fields: readonly ArrowField[], { child }: Nested, type: DataType): ValueReader | undefined {
  if (type.kind === 'struct') {
    const reads = type.fields.map((member, index) => child(index, fields[index], member.type));
    return (row) => reads.map((read) => read(row));
  }
  if (type.kind === 'scalar' && type.name === 'INTERVAL') {
    const [months, days, micros] = [0, 1, 2].map((index) => child(index, fields[index], BIGINT));
    return (row) => ({
      months: Number(months?.(row) ?? 0),
      days: Number(days?.(row) ?? 0),
      micros: asBigint(micros?.(row) ?? 0n),
    });
  }
  if (type.kind === 'union') {
    const tag = child(0, fields[0], VARCHAR);
    const members = new Map(
      type.members.map((member, index) => [member.name, child(index + 1, fields[index + 1], member.type)]),
    );
    return (row) => {
      const name = String(tag(row));
      return [name, members.get(name)?.(row) ?? null];
    };
  }
  return undefined;
}

/** Reads LIST, ARRAY and MAP. The wire type of an ARRAY or a MAP is a list if its elements have no exact Arrow type. */
function sequenceReader(physical: ArrowType, { column, child }: Nested, type: DataType): ValueReader | undefined {
  const range = (read: ValueReader, start: number, end: number): ConstantValue[] =>
    Array.from({ length: end - start }, (_, index) => read(start + index));
  if (physical.kind === 'fixed-list' && type.kind === 'array') {
    const read = child(0, physical.child, type.child);
    return (row) => range(read, row * physical.size, (row + 1) * physical.size);
  }
  const offsets = offsetsOf(column);
  if (physical.kind === 'list' && (type.kind === 'list' || type.kind === 'array')) {
    const read = child(0, physical.child, type.child);
    return (row) => range(read, offsets[row] ?? 0, offsets[row + 1] ?? 0);
  }
  if ((physical.kind === 'list' || physical.kind === 'map') && type.kind === 'map') {
    const entryType: DataType = {
      kind: 'struct',
      fields: [
        { name: 'key', type: type.key },
        { name: 'value', type: type.value },
      ],
    };
    const entries = physical.kind === 'list' ? physical.child : mapEntries(physical.key, physical.value);
    const read = child(0, entries, entryType);
    return (row) => range(read, offsets[row] ?? 0, offsets[row + 1] ?? 0);
  }
  return undefined;
}

/**
 * Returns a reader for a result column in the lossless wire types. Throws `INTERNAL` if the column's physical type is not a wire type of
 * its logical type.
 */
export function valueReader(field: ArrowField, column: ArrowColumn, type: DataType): ValueReader {
  const read = presentReader(field, column, type);
  const { validity } = column;
  if (!validity) return read;
  return (row) => (((validity[row >> 3] ?? 0) & (1 << (row & 7))) === 0 ? null : read(row));
}
