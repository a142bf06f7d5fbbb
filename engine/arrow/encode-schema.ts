import { Binary } from 'apache-arrow/fb/binary';
import { Bool } from 'apache-arrow/fb/bool';
import { Date as DateType } from 'apache-arrow/fb/date';
import { DateUnit } from 'apache-arrow/fb/date-unit';
import { Decimal } from 'apache-arrow/fb/decimal';
import { Endianness } from 'apache-arrow/fb/endianness';
import { Field } from 'apache-arrow/fb/field';
import { FixedSizeBinary } from 'apache-arrow/fb/fixed-size-binary';
import { FixedSizeList } from 'apache-arrow/fb/fixed-size-list';
import { FloatingPoint } from 'apache-arrow/fb/floating-point';
import { Int } from 'apache-arrow/fb/int';
import { Interval } from 'apache-arrow/fb/interval';
import { IntervalUnit } from 'apache-arrow/fb/interval-unit';
import { KeyValue } from 'apache-arrow/fb/key-value';
import { List } from 'apache-arrow/fb/list';
import { Map as MapType } from 'apache-arrow/fb/map';
import { Null } from 'apache-arrow/fb/null';
import { Precision } from 'apache-arrow/fb/precision';
import { Schema } from 'apache-arrow/fb/schema';
import { Struct_ } from 'apache-arrow/fb/struct-';
import { Time } from 'apache-arrow/fb/time';
import { TimeUnit } from 'apache-arrow/fb/time-unit';
import { Timestamp } from 'apache-arrow/fb/timestamp';
import { Type } from 'apache-arrow/fb/type';
import { Utf8 } from 'apache-arrow/fb/utf8';
import type { Builder, Offset } from 'flatbuffers';
import type { ArrowField, ArrowType } from './batch.ts';
import { layoutOf } from './layout.ts';

/** The custom metadata keys of extension types. Source: Arrow columnar format, "Extension Types". */
export const EXTENSION_NAME = 'ARROW:extension:name';
export const EXTENSION_METADATA = 'ARROW:extension:metadata';

/** Writes a schema table and returns its offset. Every field is nullable, except where a map's layout forbids it. */
export function writeSchema(builder: Builder, fields: readonly ArrowField[]): Offset {
  const written = fields.map((field) => writeField(builder, field, true));
  const vector = Schema.createFieldsVector(builder, written);
  Schema.startSchema(builder);
  Schema.addEndianness(builder, Endianness.Little);
  Schema.addFields(builder, vector);
  return Schema.endSchema(builder);
}

function writeField(builder: Builder, field: ArrowField, nullable: boolean): Offset {
  const isMap = field.type.kind === 'map';
  const children = isMap
    ? layoutOf(field.type).children.map((entries) => writeEntries(builder, entries))
    : layoutOf(field.type).children.map((child) => writeField(builder, child, true));
  const childVector = Field.createChildrenVector(builder, children);
  const name = builder.createString(field.name);
  const type = writeType(builder, field.type);
  const metadata = field.extension === undefined ? undefined : writeExtension(builder, field.extension);
  Field.startField(builder);
  Field.addName(builder, name);
  Field.addNullable(builder, nullable);
  Field.addTypeType(builder, type.tag);
  Field.addType(builder, type.offset);
  Field.addChildren(builder, childVector);
  if (metadata !== undefined) Field.addCustomMetadata(builder, metadata);
  return Field.endField(builder);
}

/** Writes the entries field of a map. The entries and their keys are not nullable. */
function writeEntries(builder: Builder, entries: ArrowField): Offset {
  const fields = layoutOf(entries.type).children.map((child, at) => writeField(builder, child, at > 0));
  const vector = Field.createChildrenVector(builder, fields);
  const name = builder.createString(entries.name);
  Struct_.startStruct_(builder);
  const type = Struct_.endStruct_(builder);
  Field.startField(builder);
  Field.addName(builder, name);
  Field.addNullable(builder, false);
  Field.addTypeType(builder, Type.Struct_);
  Field.addType(builder, type);
  Field.addChildren(builder, vector);
  return Field.endField(builder);
}

function writeExtension(builder: Builder, extension: { readonly name: string; readonly metadata: string }): Offset {
  const pairs = [
    [EXTENSION_NAME, extension.name],
    [EXTENSION_METADATA, extension.metadata],
  ].map(([key, value]) =>
    KeyValue.createKeyValue(builder, builder.createString(key ?? ''), builder.createString(value ?? '')),
  );
  return Field.createCustomMetadataVector(builder, pairs);
}

const TIME_UNITS = {
  s: TimeUnit.SECOND,
  ms: TimeUnit.MILLISECOND,
  us: TimeUnit.MICROSECOND,
  ns: TimeUnit.NANOSECOND,
} as const;

function writeType(builder: Builder, type: ArrowType): { readonly tag: Type; readonly offset: Offset } {
  switch (type.kind) {
    case 'null':
      Null.startNull(builder);
      return { tag: Type.Null, offset: Null.endNull(builder) };
    case 'bool':
      Bool.startBool(builder);
      return { tag: Type.Bool, offset: Bool.endBool(builder) };
    case 'int':
      return { tag: Type.Int, offset: Int.createInt(builder, type.bits, type.signed) };
    case 'float': {
      const precision = type.bits === 32 ? Precision.SINGLE : Precision.DOUBLE;
      return { tag: Type.FloatingPoint, offset: FloatingPoint.createFloatingPoint(builder, precision) };
    }
    case 'decimal':
      return { tag: Type.Decimal, offset: Decimal.createDecimal(builder, type.precision, type.scale, type.bits) };
    case 'utf8':
      Utf8.startUtf8(builder);
      return { tag: Type.Utf8, offset: Utf8.endUtf8(builder) };
    case 'binary':
      Binary.startBinary(builder);
      return { tag: Type.Binary, offset: Binary.endBinary(builder) };
    case 'fixed-binary':
      return { tag: Type.FixedSizeBinary, offset: FixedSizeBinary.createFixedSizeBinary(builder, type.width) };
    case 'date32':
      return { tag: Type.Date, offset: DateType.createDate(builder, DateUnit.DAY) };
    case 'time64':
      return { tag: Type.Time, offset: Time.createTime(builder, TIME_UNITS[type.unit], 64) };
    case 'timestamp': {
      const zone = type.zone === undefined ? 0 : builder.createString(type.zone);
      return { tag: Type.Timestamp, offset: Timestamp.createTimestamp(builder, TIME_UNITS[type.unit], zone) };
    }
    case 'interval-month-day-nano':
      return { tag: Type.Interval, offset: Interval.createInterval(builder, IntervalUnit.MONTH_DAY_NANO) };
    case 'list':
      List.startList(builder);
      return { tag: Type.List, offset: List.endList(builder) };
    case 'fixed-list':
      return { tag: Type.FixedSizeList, offset: FixedSizeList.createFixedSizeList(builder, type.size) };
    case 'struct':
      Struct_.startStruct_(builder);
      return { tag: Type.Struct_, offset: Struct_.endStruct_(builder) };
    case 'map':
      return { tag: Type.Map, offset: MapType.createMap(builder, false) };
    default:
      return type satisfies never;
  }
}
