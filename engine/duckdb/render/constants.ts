import { FabricError } from '../../errors.ts';
import type { ConstantValue, IntervalValue } from '../../plan/expression.ts';
import { type DataType, quoteIdentifier, quoteLiteral, type ScalarTypeName, typeSql } from '../../plan/types.ts';

/** Returns whether the type contains a struct without field names. SQL has no name for such a type, so nothing can be cast to it. */
export function isUnnameable(type: DataType): boolean {
  switch (type.kind) {
    case 'scalar':
    case 'decimal':
    case 'enum':
      return false;
    case 'list':
    case 'array':
      return isUnnameable(type.child);
    case 'struct':
      return type.fields.some((field) => field.name === '' || isUnnameable(field.type));
    case 'map':
      return isUnnameable(type.key) || isUnnameable(type.value);
    case 'union':
      return type.members.some((member) => isUnnameable(member.type));
    default:
      return type satisfies never;
  }
}

/** Casts SQL to the type. SQL for an unnameable type already has that type and is returned unchanged. */
export function castSql(sql: string, type: DataType): string {
  return isUnnameable(type) ? sql : `CAST(${sql} AS ${typeSql(type)})`;
}

/** Renders a NULL of the type. */
export function nullSql(type: DataType): string {
  if (!isUnnameable(type)) return `CAST(NULL AS ${typeSql(type)})`;
  return `CASE WHEN false THEN ${sampleSql(type)} END`;
}

/** Renders a sample value of an unnameable type. */
function sampleSql(type: DataType): string {
  switch (type.kind) {
    case 'struct':
      return structSql(
        type,
        type.fields.map((field) => nullSql(field.type)),
      );
    case 'list':
      return `[${nullSql(type.child)}]`;
    case 'array':
      return `array_value(${Array.from({ length: type.size }, () => nullSql(type.child)).join(', ')})`;
    case 'scalar':
    case 'decimal':
    case 'enum':
      return nullSql(type);
    case 'map':
    case 'union':
      throw new FabricError('PLAN_UNSUPPORTED', `Volley does not support constants of the type ${typeSql(type)} yet.`);
    default:
      return type satisfies never;
  }
}

/** Renders a struct from the SQL of its fields. */
function structSql(type: Extract<DataType, { kind: 'struct' }>, fields: readonly string[]): string {
  if (type.fields.some((field) => field.name === '')) return `row(${fields.join(', ')})`;
  const named = type.fields.map((field, index) => `${quoteIdentifier(field.name)} := ${fields[index]}`);
  return castSql(`struct_pack(${named.join(', ')})`, type);
}

/** Renders a constant. The SQL has exactly the given type. */
export function constantSql(value: ConstantValue, type: DataType): string {
  if (value === null) return nullSql(type);
  switch (type.kind) {
    case 'scalar':
      return scalarSql(value, type);
    case 'decimal':
      return `CAST(${quoteLiteral(decimalText(integer(value, type), type.scale))} AS ${typeSql(type)})`;
    case 'enum':
      return `CAST(${quoteLiteral(text(value, type))} AS ${typeSql(type)})`;
    case 'list':
    case 'array':
      return castSql(
        `[${items(value, type)
          .map((item) => constantSql(item, type.child))
          .join(', ')}]`,
        type,
      );
    case 'struct': {
      const values = items(value, type);
      return structSql(
        type,
        type.fields.map((field, index) => constantSql(values[index] ?? null, field.type)),
      );
    }
    case 'map':
      return mapSql(items(value, type), type);
    case 'union': {
      const [tag, member] = items(value, type);
      const field = typeof tag === 'bigint' ? type.members[Number(tag)] : undefined;
      if (field === undefined) throw mismatch(type);
      const single = `union_value(${quoteIdentifier(field.name)} := ${constantSql(member ?? null, field.type)})`;
      return castSql(single, type);
    }
    default:
      return type satisfies never;
  }
}

function mapSql(entries: readonly ConstantValue[], type: Extract<DataType, { kind: 'map' }>): string {
  const column = (index: number, child: DataType): string => {
    const values = entries.map((entry) => constantSql(items(entry, type)[index] ?? null, child));
    return castSql(`[${values.join(', ')}]`, { kind: 'list', child });
  };
  return castSql(`map(${column(0, type.key)}, ${column(1, type.value)})`, type);
}

function scalarSql(value: ConstantValue, type: Extract<DataType, { kind: 'scalar' }>): string {
  const cast = (literal: string): string => `CAST(${quoteLiteral(literal)} AS ${typeSql(type)})`;
  switch (type.name) {
    case 'NULL':
      return nullSql(type);
    case 'BOOLEAN':
      return value === true ? 'true' : 'false';
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
    case 'UTINYINT':
    case 'USMALLINT':
    case 'UINTEGER':
    case 'UBIGINT':
    case 'HUGEINT':
    case 'UHUGEINT':
    case 'BIGNUM':
      return cast(String(integer(value, type)));
    case 'FLOAT':
    case 'DOUBLE':
      return cast(floatText(value, type));
    case 'VARCHAR':
      return `CAST(${textSql(text(value, type))} AS VARCHAR)`;
    case 'JSON':
    case 'BIT':
      return cast(text(value, type));
    case 'BLOB':
      if (!(value instanceof Uint8Array)) throw mismatch(type);
      return cast(Array.from(value, (byte) => `\\x${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''));
    case 'INTERVAL':
      return cast(intervalText(value, type));
    case 'UUID':
      return cast(uuidText(integer(value, type)));
    case 'DATE':
    case 'TIME':
    case 'TIME_NS':
    case 'TIME WITH TIME ZONE':
    case 'TIMESTAMP':
    case 'TIMESTAMP_S':
    case 'TIMESTAMP_MS':
    case 'TIMESTAMP_NS':
    case 'TIMESTAMP WITH TIME ZONE':
      return timeSql(integer(value, type), type.name);
    default:
      return type.name satisfies never;
  }
}

type TimeTypeName = Extract<ScalarTypeName, `${'DATE' | 'TIME'}${string}`>;

const MAX_INT64 = 2n ** 63n - 1n;
const MAX_INT32 = 2n ** 31n - 1n;

/**
 * Renders a date, a time or a timestamp from its number, which is exact even for years that text cannot express. DuckDB represents infinity
 * as the maximum number and -infinity as its negative.
 */
function timeSql(value: bigint, name: TimeTypeName): string {
  const infinity = name === 'DATE' ? MAX_INT32 : MAX_INT64;
  const isTimeOfDay = name === 'TIME' || name === 'TIME_NS' || name === 'TIME WITH TIME ZONE';
  if (!isTimeOfDay && (value === infinity || value === -infinity)) {
    return `CAST('${value > 0n ? '' : '-'}infinity' AS ${name})`;
  }
  switch (name) {
    case 'DATE':
      return `(DATE '1970-01-01' + CAST(${value} AS INTEGER))`;
    case 'TIME':
      return `CAST('${timeOfDay(value, 6)}' AS TIME)`;
    case 'TIME_NS':
      return `CAST('${timeOfDay(value, 9)}' AS TIME_NS)`;
    case 'TIME WITH TIME ZONE':
      return `CAST('${timeWithZone(value)}' AS TIME WITH TIME ZONE)`;
    case 'TIMESTAMP':
      return `make_timestamp(CAST(${value} AS BIGINT))`;
    case 'TIMESTAMP_S':
      return `CAST(make_timestamp(CAST(${value * 1_000_000n} AS BIGINT)) AS TIMESTAMP_S)`;
    case 'TIMESTAMP_MS':
      return `CAST(make_timestamp(CAST(${value * 1_000n} AS BIGINT)) AS TIMESTAMP_MS)`;
    case 'TIMESTAMP_NS':
      return `make_timestamp_ns(CAST(${value} AS BIGINT))`;
    case 'TIMESTAMP WITH TIME ZONE':
      return `make_timestamptz(CAST(${value} AS BIGINT))`;
    default:
      return name satisfies never;
  }
}

/** Formats a time as `HH:MM:SS.fraction`. `value` is in units of 10^-digits seconds. */
function timeOfDay(value: bigint, digits: 6 | 9): string {
  const unit = 10n ** BigInt(digits);
  const seconds = value / unit;
  return `${clock(seconds)}.${String(value % unit).padStart(digits, '0')}`;
}

function clock(seconds: bigint): string {
  const pad = (part: bigint): string => String(part).padStart(2, '0');
  return `${pad(seconds / 3600n)}:${pad((seconds / 60n) % 60n)}:${pad(seconds % 60n)}`;
}

/**
 * The maximum offset of a time zone (15:59:59), in seconds. DuckDB stores this maximum minus the offset, so that larger offsets sort first.
 */
const MAX_OFFSET_SECONDS = 16n * 3600n - 1n;

function timeWithZone(bits: bigint): string {
  const offset = MAX_OFFSET_SECONDS - (bits & 0xffffffn);
  const sign = offset < 0n ? '-' : '+';
  return `${timeOfDay(bits >> 24n, 6)}${sign}${clock(offset < 0n ? -offset : offset)}`;
}

/** Renders a string. A literal cannot contain NUL, so the parts between NULs are joined with `chr(0)`. */
function textSql(value: string): string {
  if (!value.includes('\0')) return quoteLiteral(value);
  return `concat(${value.split('\0').map(quoteLiteral).join(', chr(0), ')})`;
}

function floatText(value: ConstantValue, type: DataType): string {
  if (typeof value !== 'number') throw mismatch(type);
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0.0' : String(value);
}

function decimalText(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
}

function intervalText(value: ConstantValue, type: DataType): string {
  if (!isInterval(value)) throw mismatch(type);
  return `${value.months} months ${value.days} days ${value.micros} microseconds`;
}

function isInterval(value: ConstantValue): value is IntervalValue {
  return typeof value === 'object' && value !== null && 'months' in value;
}

function uuidText(value: bigint): string {
  const hex = value.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function mismatch(type: DataType): FabricError {
  return new FabricError('INTERNAL', `A constant of type ${typeSql(type)} has a value of another type.`);
}

function integer(value: ConstantValue, type: DataType): bigint {
  if (typeof value !== 'bigint') throw mismatch(type);
  return value;
}

function text(value: ConstantValue, type: DataType): string {
  if (typeof value !== 'string') throw mismatch(type);
  return value;
}

function items(value: ConstantValue, type: DataType): readonly ConstantValue[] {
  if (!Array.isArray(value)) throw mismatch(type);
  return value;
}
