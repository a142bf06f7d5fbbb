import type { ArrowBatch, ArrowColumn, ArrowField, ArrowType } from '../../../engine/arrow/batch.ts';
import { END_OF_STREAM, encodeBatchMessage, encodeSchemaMessage } from '../../../engine/arrow/encode-stream.ts';
import { mapEntries } from '../../../engine/arrow/layout.ts';
import { wireType } from '../../../engine/duckdb/wire-types.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { DataType, ScalarTypeName } from '../../../engine/plan/types.ts';
import { valueReader } from './read-column.ts';
import type { Result } from './result.ts';
import { intervalText } from './temporal-text.ts';
import { asInterval, valueWriter } from './value-text.ts';

/** A column of a batch in its wire type. */
interface WireColumn {
  readonly field: ArrowField;
  readonly column: ArrowColumn;
  readonly rows: number;
}

/** The column's name, for error messages, and the session's time zone, for values written as text. */
interface Context {
  readonly name: string;
  readonly timeZone: string;
}

const MAX_DECIMAL = 10n ** 38n - 1n;

function scalarType(name: ScalarTypeName, timeZone: string): ArrowType {
  switch (name) {
    case 'BOOLEAN':
      return { kind: 'bool' };
    case 'TINYINT':
      return { kind: 'int', bits: 8, signed: true };
    case 'SMALLINT':
      return { kind: 'int', bits: 16, signed: true };
    case 'INTEGER':
      return { kind: 'int', bits: 32, signed: true };
    case 'BIGINT':
      return { kind: 'int', bits: 64, signed: true };
    case 'UTINYINT':
      return { kind: 'int', bits: 8, signed: false };
    case 'USMALLINT':
      return { kind: 'int', bits: 16, signed: false };
    case 'UINTEGER':
      return { kind: 'int', bits: 32, signed: false };
    case 'UBIGINT':
      return { kind: 'int', bits: 64, signed: false };
    case 'HUGEINT':
    case 'UHUGEINT':
      return { kind: 'decimal', bits: 128, precision: 38, scale: 0 };
    case 'FLOAT':
      return { kind: 'float', bits: 32 };
    case 'DOUBLE':
      return { kind: 'float', bits: 64 };
    case 'BLOB':
      return { kind: 'binary' };
    case 'DATE':
      return { kind: 'date32' };
    case 'TIME':
      return { kind: 'time64', unit: 'us' };
    case 'TIME_NS':
      return { kind: 'time64', unit: 'ns' };
    case 'TIMESTAMP':
      return { kind: 'timestamp', unit: 'us' };
    case 'TIMESTAMP_S':
      return { kind: 'timestamp', unit: 's' };
    case 'TIMESTAMP_MS':
      return { kind: 'timestamp', unit: 'ms' };
    case 'TIMESTAMP_NS':
      return { kind: 'timestamp', unit: 'ns' };
    case 'TIMESTAMP WITH TIME ZONE':
      return { kind: 'timestamp', unit: 'us', zone: timeZone };
    case 'INTERVAL':
      return { kind: 'interval-month-day-nano' };
    case 'NULL':
      return { kind: 'null' };
    case 'VARCHAR':
    case 'JSON':
    case 'UUID':
    case 'BIT':
    case 'BIGNUM':
    case 'TIME WITH TIME ZONE':
      return { kind: 'utf8' };
    default:
      return name satisfies never;
  }
}

/** The public Arrow type of a result column. It matches DuckDB's default Arrow export, except that ENUM and UNION become text. */
function publicType(type: DataType, timeZone: string): ArrowType {
  switch (type.kind) {
    case 'scalar':
      return scalarType(type.name, timeZone);
    case 'decimal':
      return { kind: 'decimal', bits: 128, precision: type.width, scale: type.scale };
    case 'enum':
    case 'union':
      return { kind: 'utf8' };
    case 'list':
      return { kind: 'list', child: publicField('item', type.child, timeZone) };
    case 'array': {
      const child = publicField('item', type.child, timeZone);
      // A fixed-size list has slots for the elements of a NULL. The wire type `list` lacks these slots.
      return wireType(type).kind === 'list' ? { kind: 'list', child } : { kind: 'fixed-list', child, size: type.size };
    }
    case 'struct':
      return { kind: 'struct', fields: type.fields.map((field) => publicField(field.name, field.type, timeZone)) };
    case 'map':
      return {
        kind: 'map',
        key: publicField('key', type.key, timeZone),
        value: publicField('value', type.value, timeZone),
      };
    default:
      return type satisfies never;
  }
}

/** The public Arrow field of a result column, without extension types. */
function publicField(name: string, type: DataType, timeZone: string): ArrowField {
  return { name, type: publicType(type, timeZone) };
}

function withBuffers(column: ArrowColumn, buffers: readonly Uint8Array[]): ArrowColumn {
  return { ...column, buffers, children: [] };
}

/** Converts booleans from one byte per value to one bit per value. */
function packBits({ column, rows }: WireColumn): ArrowColumn {
  const bytes = column.buffers[0] ?? new Uint8Array();
  const bits = new Uint8Array(Math.ceil(rows / 8));
  for (let row = 0; row < rows; row += 1) {
    if (bytes[row]) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
  }
  return withBuffers(column, [bits]);
}

/** Widens decimals to 128 bits, the width that every Arrow reader supports. */
function widenDecimal(wire: WireColumn, type: DataType): ArrowColumn {
  if (wire.field.type.kind === 'decimal' && wire.field.type.bits === 128) return wire.column;
  const read = valueReader(wire.field, wire.column, type);
  const words = new BigInt64Array(wire.rows * 2);
  for (let row = 0; row < wire.rows; row += 1) {
    const value = read(row);
    if (typeof value !== 'bigint') continue;
    words[row * 2] = value;
    words[row * 2 + 1] = value < 0n ? -1n : 0n;
  }
  return withBuffers(wire.column, [new Uint8Array(words.buffer)]);
}

/** Throws `OUTPUT_FAILED` if a 128-bit integer exceeds the range of decimal128, which has the same layout. */
function checkDecimalRange(wire: WireColumn, type: DataType, { name }: Context): ArrowColumn {
  const read = valueReader(wire.field, wire.column, type);
  for (let row = 0; row < wire.rows; row += 1) {
    const value = read(row);
    if (typeof value === 'bigint' && (value > MAX_DECIMAL || value < -MAX_DECIMAL)) {
      throw new FabricError(
        'OUTPUT_FAILED',
        `The value ${value} in column "${name}" has more than 38 digits and does not fit Arrow's decimal128. ` +
          'Cast the column to VARCHAR or DOUBLE, or use another format.',
        { details: { column: name } },
      );
    }
  }
  return wire.column;
}

function toUtf8(wire: WireColumn, type: DataType, context: Context): ArrowColumn {
  const read = valueReader(wire.field, wire.column, type);
  const write = valueWriter(type, context.timeZone);
  const offsets = new Int32Array(wire.rows + 1);
  const texts: Buffer[] = [];
  let end = 0;
  for (let row = 0; row < wire.rows; row += 1) {
    const value = read(row);
    const text = Buffer.from(value === null ? '' : write(value));
    texts.push(text);
    end += text.length;
    offsets[row + 1] = end;
  }
  return withBuffers(wire.column, [new Uint8Array(offsets.buffer), Buffer.concat(texts)]);
}

/** Converts intervals to Arrow's interval type. Throws `OUTPUT_FAILED` for an interval whose nanoseconds exceed 64 bits. */
function toInterval(wire: WireColumn, type: DataType, { name }: Context): ArrowColumn {
  const read = valueReader(wire.field, wire.column, type);
  const bytes = new Uint8Array(wire.rows * 16);
  const view = new DataView(bytes.buffer);
  for (let row = 0; row < wire.rows; row += 1) {
    const value = read(row);
    if (value === null) continue;
    const { months, days, micros } = asInterval(value);
    const nanos = micros * 1000n;
    if (BigInt.asIntN(64, nanos) !== nanos) {
      throw new FabricError(
        'OUTPUT_FAILED',
        `The interval ${intervalText({ months, days, micros })} in column "${name}" is too long for Arrow's interval type. ` +
          'Cast the column to VARCHAR, or use another format.',
        { details: { column: name } },
      );
    }
    view.setInt32(row * 16, months, true);
    view.setInt32(row * 16 + 4, days, true);
    view.setBigInt64(row * 16 + 8, nanos, true);
  }
  return withBuffers(wire.column, [bytes]);
}

function lacking(name: string): FabricError {
  return new FabricError('INTERNAL', `The result column "${name}" lacks a child column that its type requires.`);
}

function nestedColumn({ field, column }: WireColumn, type: DataType, context: Context): ArrowColumn {
  const child = (
    parent: ArrowColumn,
    index: number,
    childField: ArrowField | undefined,
    childType: DataType,
  ): ArrowColumn => {
    const childColumn = parent.children[index];
    if (!childColumn || !childField) throw lacking(context.name);
    return publicColumn({ field: childField, column: childColumn, rows: childColumn.rows }, childType, context);
  };
  const wire = field.type;
  if ((wire.kind === 'list' || wire.kind === 'fixed-list') && (type.kind === 'list' || type.kind === 'array')) {
    return { ...column, children: [child(column, 0, wire.child, type.child)] };
  }
  if (wire.kind === 'struct' && type.kind === 'struct') {
    return {
      ...column,
      children: type.fields.map((member, index) => child(column, index, wire.fields[index], member.type)),
    };
  }
  if ((wire.kind === 'map' || wire.kind === 'list') && type.kind === 'map') {
    const [entries] = column.children;
    const entryType = wire.kind === 'list' ? wire.child.type : mapEntries(wire.key, wire.value).type;
    if (!entries || entryType.kind !== 'struct') throw lacking(context.name);
    const [key, value] = entryType.fields;
    const children = [child(entries, 0, key, type.key), child(entries, 1, value, type.value)];
    return { ...column, children: [{ ...entries, children }] };
  }
  throw lacking(context.name);
}

/**
 * Converts a column from its wire type to its public type. Does not copy a leaf column whose layout is the same in both types.
 * Throws `OUTPUT_FAILED` for a value that does not fit the public type.
 */
function publicColumn(wire: WireColumn, type: DataType, context: Context): ArrowColumn {
  switch (type.kind) {
    case 'list':
    case 'array':
    case 'struct':
    case 'map':
      return nestedColumn(wire, type, context);
    case 'decimal':
      return widenDecimal(wire, type);
    case 'enum':
      return wire.column;
    case 'union':
      return toUtf8(wire, type, context);
    case 'scalar':
      return scalarColumn(wire, type, context);
    default:
      return type satisfies never;
  }
}

function scalarColumn(wire: WireColumn, type: DataType & { readonly kind: 'scalar' }, context: Context): ArrowColumn {
  switch (type.name) {
    case 'BOOLEAN':
      return packBits(wire);
    case 'HUGEINT':
    case 'UHUGEINT':
      return checkDecimalRange(wire, type, context);
    case 'UUID':
    case 'BIT':
    case 'BIGNUM':
    case 'TIME WITH TIME ZONE':
      return toUtf8(wire, type, context);
    case 'INTERVAL':
      return toInterval(wire, type, context);
    case 'NULL':
      return { rows: wire.rows, buffers: [], children: [] };
    default:
      return wire.column;
  }
}

/**
 * Writes a result as one Arrow IPC stream. Uses only types that every Arrow library reads, and no extension types. Rejects with
 * `OUTPUT_FAILED` for a HUGEINT of more than 38 digits, which fits no widely supported Arrow type.
 */
export async function* formatArrow(result: Result): AsyncGenerator<Uint8Array> {
  const fields: ArrowField[] = result.columns.map(({ name, type }) => publicField(name, type, result.timeZone));
  yield encodeSchemaMessage(fields);
  for await (const { fields: wireFields, batch } of result.batches) {
    const columns = result.columns.map(({ name, type }, index) => {
      const field = wireFields[index];
      const column = batch.columns[index];
      if (!field || !column) throw new FabricError('INTERNAL', `The result column "${name}" is missing from a batch.`);
      return publicColumn({ field, column, rows: batch.rows }, type, { name, timeZone: result.timeZone });
    });
    const converted: ArrowBatch = { rows: batch.rows, columns };
    yield* encodeBatchMessage(fields, converted);
  }
  yield END_OF_STREAM;
}
