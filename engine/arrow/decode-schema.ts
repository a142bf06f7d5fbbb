import { Date as DateType } from 'apache-arrow/fb/date';
import { DateUnit } from 'apache-arrow/fb/date-unit';
import { Decimal } from 'apache-arrow/fb/decimal';
import { Endianness } from 'apache-arrow/fb/endianness';
import type { Field } from 'apache-arrow/fb/field';
import { FixedSizeBinary } from 'apache-arrow/fb/fixed-size-binary';
import { FixedSizeList } from 'apache-arrow/fb/fixed-size-list';
import { FloatingPoint } from 'apache-arrow/fb/floating-point';
import { Int } from 'apache-arrow/fb/int';
import { Interval } from 'apache-arrow/fb/interval';
import { IntervalUnit } from 'apache-arrow/fb/interval-unit';
import { Precision } from 'apache-arrow/fb/precision';
import type { Schema } from 'apache-arrow/fb/schema';
import { Time } from 'apache-arrow/fb/time';
import { TimeUnit } from 'apache-arrow/fb/time-unit';
import { Timestamp } from 'apache-arrow/fb/timestamp';
import { Type } from 'apache-arrow/fb/type';
import { FabricError } from '../errors.ts';
import type { ArrowField, ArrowType } from './batch.ts';
import { EXTENSION_METADATA, EXTENSION_NAME } from './encode-schema.ts';

/** Maximum nesting depth of a schema. Without a limit, a hostile schema could exhaust the stack. */
const MAX_DEPTH = 64;

/** The state of reading one schema. `source` names the schema's origin in messages. */
interface Reading {
  readonly source: string;
  /**
   * How many more fields fit in the metadata. A field takes at least 4 bytes, so a schema with more fields has shared or circular
   * references.
   */
  fieldsLeft: number;
}

/**
 * Reads a schema table from metadata of `metadataBytes` bytes. Throws `INPUT_INVALID` for a malformed schema or a type outside `ArrowType`.
 */
export function readSchema(schema: Schema, metadataBytes: number, source: string): readonly ArrowField[] {
  const reading: Reading = { source, fieldsLeft: Math.floor(metadataBytes / 4) };
  if (schema.endianness() !== Endianness.Little) throw refused(reading, 'is big-endian, which is not supported');
  return readFields(reading, schema.fieldsLength(), (at) => schema.fields(at), 0);
}

function readFields(
  reading: Reading,
  count: number,
  fieldAt: (at: number) => Field | null,
  depth: number,
): readonly ArrowField[] {
  if (depth > MAX_DEPTH) throw refused(reading, `has columns nested deeper than ${MAX_DEPTH} levels`);
  reading.fieldsLeft -= count;
  if (count < 0 || reading.fieldsLeft < 0) throw refused(reading, 'has a malformed schema');
  return Array.from({ length: count }, (_, at) => {
    const field = fieldAt(at);
    if (field === null) throw refused(reading, 'has a malformed schema');
    return readField(reading, field, depth);
  });
}

function readField(reading: Reading, field: Field, depth: number): ArrowField {
  const name = field.name() ?? '';
  if (field.dictionary() !== null)
    throw refused(reading, `has a dictionary-encoded column "${name}", which is not supported`);
  const children = readFields(reading, field.childrenLength(), (at) => field.children(at), depth + 1);
  const type = readType(reading, name, field, children);
  const extension = readExtension(reading, field);
  return extension === undefined ? { name, type } : { name, type, extension };
}

function readExtension(reading: Reading, field: Field): ArrowField['extension'] {
  const count = field.customMetadataLength();
  reading.fieldsLeft -= count;
  if (count < 0 || reading.fieldsLeft < 0) throw refused(reading, 'has malformed column metadata');
  let name: string | null | undefined;
  let metadata: string | null | undefined;
  for (let at = 0; at < count; at++) {
    const pair = field.customMetadata(at);
    if (pair?.key() === EXTENSION_NAME) name = pair.value();
    if (pair?.key() === EXTENSION_METADATA) metadata = pair.value();
  }
  return name == null ? undefined : { name, metadata: metadata ?? '' };
}

function readType(reading: Reading, name: string, field: Field, children: readonly ArrowField[]): ArrowType {
  const tag = field.typeType();
  const unsupported = () => refused(reading, `has a column "${name}" of the unsupported Arrow type ${typeName(tag)}`);
  const [first, second] = children;
  switch (tag) {
    case Type.Null:
      return { kind: 'null' };
    case Type.Bool:
      return { kind: 'bool' };
    case Type.Utf8:
      return { kind: 'utf8' };
    case Type.Binary:
      return { kind: 'binary' };
    case Type.Struct_:
      return { kind: 'struct', fields: children };
    case Type.List:
      if (first === undefined || second !== undefined) throw refused(reading, `has a malformed list column "${name}"`);
      return { kind: 'list', child: first };
    case Type.FixedSizeList: {
      const size = field.type(new FixedSizeList())?.listSize() ?? -1;
      if (first === undefined || second !== undefined || size < 0) {
        throw refused(reading, `has a malformed fixed-size list column "${name}"`);
      }
      return { kind: 'fixed-list', child: first, size };
    }
    case Type.Map: {
      const entries = first?.type.kind === 'struct' && second === undefined ? first.type.fields : [];
      const [key, value] = entries;
      if (key === undefined || value === undefined || entries.length !== 2) {
        throw refused(reading, `has a malformed map column "${name}"`);
      }
      return { kind: 'map', key, value };
    }
    default:
      return readParameterised(field, tag) ?? fail(unsupported());
  }
}

const TIME_UNITS = {
  [TimeUnit.SECOND]: 's',
  [TimeUnit.MILLISECOND]: 'ms',
  [TimeUnit.MICROSECOND]: 'us',
  [TimeUnit.NANOSECOND]: 'ns',
} as const;

/** Reads a type that has no children and keeps its parameters in a separate table. Returns undefined if the type is not supported. */
function readParameterised(field: Field, tag: Type): ArrowType | undefined {
  switch (tag) {
    case Type.Int:
      return readInt(field.type(new Int()));
    case Type.FloatingPoint:
      return readFloat(field.type(new FloatingPoint()));
    case Type.Decimal:
      return readDecimal(field.type(new Decimal()));
    case Type.FixedSizeBinary: {
      const width: number = field.type(new FixedSizeBinary())?.byteWidth() ?? -1;
      return width >= 0 ? { kind: 'fixed-binary', width } : undefined;
    }
    case Type.Date:
      return field.type(new DateType())?.unit() === DateUnit.DAY ? { kind: 'date32' } : undefined;
    case Type.Time:
      return readTime(field.type(new Time()));
    case Type.Timestamp:
      return readTimestamp(field.type(new Timestamp()));
    case Type.Interval:
      return field.type(new Interval())?.unit() === IntervalUnit.MONTH_DAY_NANO
        ? { kind: 'interval-month-day-nano' }
        : undefined;
    default:
      return undefined;
  }
}

function readInt(int: Int | null): ArrowType | undefined {
  const bits = int?.bitWidth();
  if (int === null || (bits !== 8 && bits !== 16 && bits !== 32 && bits !== 64)) return undefined;
  return { kind: 'int', bits, signed: int.isSigned() };
}

function readFloat(float: FloatingPoint | null): ArrowType | undefined {
  switch (float?.precision()) {
    case Precision.SINGLE:
      return { kind: 'float', bits: 32 };
    case Precision.DOUBLE:
      return { kind: 'float', bits: 64 };
    default:
      return undefined;
  }
}

/** Maximum decimal precision for each bit width. */
const MAX_DIGITS = { 32: 9, 64: 18, 128: 38 } as const;

function readDecimal(decimal: Decimal | null): ArrowType | undefined {
  const [precision, scale] = [decimal?.precision() ?? 0, decimal?.scale() ?? 0];
  const bits = decimal?.bitWidth();
  if (bits !== 32 && bits !== 64 && bits !== 128) return undefined;
  if (precision < 1 || precision > MAX_DIGITS[bits]) return undefined;
  return { kind: 'decimal', bits, precision, scale };
}

function readTime(time: Time | null): ArrowType | undefined {
  const unit = time?.bitWidth() === 64 ? TIME_UNITS[time.unit()] : undefined;
  return unit === 'us' || unit === 'ns' ? { kind: 'time64', unit } : undefined;
}

function readTimestamp(timestamp: Timestamp | null): ArrowType | undefined {
  const unit = timestamp === null ? undefined : TIME_UNITS[timestamp.unit()];
  if (timestamp === null || unit === undefined) return undefined;
  const zone = timestamp.timezone();
  return zone === null ? { kind: 'timestamp', unit } : { kind: 'timestamp', unit, zone };
}

function typeName(tag: Type): string {
  return Type[tag] ?? String(tag);
}

function fail(error: FabricError): never {
  throw error;
}

function refused(reading: Reading, what: string): FabricError {
  return new FabricError('INPUT_INVALID', `${reading.source} ${what}.`);
}
