import type { ArrowField, ArrowType } from '../arrow/batch.ts';
import { type DataType, quoteIdentifier, quoteLiteral, type ScalarTypeName, scalar, typeSql } from '../plan/types.ts';

/** The settings that make DuckDB's Arrow bridge use the types of this table. */
export const WIRE_SETTINGS: readonly string[] = [
  'arrow_lossless_conversion = true',
  // Version 1.5 stores decimals in 32 or 64 bits if they fit, which halves the shuffle size of most monetary amounts.
  "arrow_output_version = '1.5'",
];

/**
 * Returns the wire type of a DuckDB type. Values have this type between stages and on the way to the client, without loss.
 *
 * Most types have an exact Arrow form that DuckDB's Arrow bridge writes and reads (`arrow_lossless_conversion`, 1.5.6, tested at the
 * limits of every type). The other types are sent as another type, and the SQL around a fragment converts them:
 *
 * | type | on the wire | why |
 * | --- | --- | --- |
 * | ENUM | VARCHAR | all batches would need the same dictionary |
 * | INTERVAL | STRUCT(months, days, micros) | Arrow counts nanoseconds, which overflow beyond 2^63 / 1000 microseconds |
 * | UNION | STRUCT(tag, m0, m1, ...), one field for each member | DuckDB does not read sparse unions exactly |
 * | NULL | INTEGER | DuckDB itself returns it as INTEGER |
 * | nested types that contain one of these | LIST for ARRAY, LIST of STRUCT(key, value) for MAP, otherwise the same type with converted children | their children are converted |
 */
export function wireType(type: DataType): DataType {
  switch (type.kind) {
    case 'scalar':
      if (type.name === 'INTERVAL') return INTERVAL_PARTS;
      return type.name === 'NULL' ? INTEGER : type;
    case 'decimal':
      return type;
    case 'enum':
      return scalar('VARCHAR');
    case 'union':
      return {
        kind: 'struct',
        fields: [
          { name: 'tag', type: scalar('VARCHAR') },
          ...type.members.map((member, index) => ({ name: `m${index}`, type: wireType(member.type) })),
        ],
      };
    case 'list':
      return { kind: 'list', child: wireType(type.child) };
    case 'array':
      return isExact(type) ? type : { kind: 'list', child: wireType(type.child) };
    case 'struct':
      return { kind: 'struct', fields: type.fields.map((field) => ({ name: field.name, type: wireType(field.type) })) };
    case 'map':
      return isExact(type) ? type : { kind: 'list', child: entryType(wireType(type.key), wireType(type.value)) };
    default:
      return type satisfies never;
  }
}

/**
 * Returns the Arrow field for a column of a type. Timestamps with time zone are marked as UTC. The query's time zone applies when they are
 * displayed.
 */
export function wireField(name: string, type: DataType): ArrowField {
  return exactField(name, wireType(type));
}

/** Returns SQL that converts a value to its wire form. `sql` must be a column or a parameter, because the result repeats it. */
export function writeSql(type: DataType, sql: string, depth = 0): string {
  if (isExact(type)) return sql;
  switch (type.kind) {
    case 'scalar':
      return type.name === 'NULL' ? 'CAST(NULL AS INTEGER)' : unlessNull(sql, intervalParts(sql));
    case 'enum':
      return `CAST(${sql} AS VARCHAR)`;
    case 'union': {
      const members = type.members.map((member, index) => {
        const value = writeSql(member.type, `union_extract(${sql}, ${quoteLiteral(member.name)})`, depth);
        return `m${index} := ${value}`;
      });
      return unlessNull(sql, `struct_pack(tag := CAST(union_tag(${sql}) AS VARCHAR), ${members.join(', ')})`);
    }
    case 'list':
      return transformed(sql, depth, (item) => writeSql(type.child, item, depth + 1));
    case 'array':
      return transformed(`CAST(${sql} AS ${typeSql(type.child)}[])`, depth, (item) =>
        writeSql(type.child, item, depth + 1),
      );
    case 'struct':
      return rebuiltStruct(type, sql, (field, value) => writeSql(field, value, depth));
    case 'map':
      return transformed(`map_entries(${sql})`, depth, (entry) =>
        rebuiltStruct(entryType(type.key, type.value), entry, (field, value) => writeSql(field, value, depth + 1)),
      );
    case 'decimal':
      return sql;
    default:
      return type satisfies never;
  }
}

/** Returns SQL that converts a value from its wire form. `sql` must be a column or a parameter, because the result repeats it. */
export function readSql(type: DataType, sql: string, depth = 0): string {
  if (isExact(type)) return sql;
  switch (type.kind) {
    case 'scalar':
      return type.name === 'NULL'
        ? 'CAST(NULL AS "NULL")'
        : `(to_months(${part(sql, 'months')}) + to_days(${part(sql, 'days')}) + to_microseconds(${part(sql, 'micros')}))`;
    case 'enum':
      return `CAST(${sql} AS ${typeSql(type)})`;
    case 'union': {
      const branches = type.members.map((member, index) => {
        const value = readSql(member.type, part(sql, `m${index}`), depth);
        const union = `CAST(union_value(${quoteIdentifier(member.name)} := ${value}) AS ${typeSql(type)})`;
        return `WHEN ${quoteLiteral(member.name)} THEN ${union}`;
      });
      return `CASE ${part(sql, 'tag')} ${branches.join(' ')} END`;
    }
    case 'list':
      return transformed(sql, depth, (item) => readSql(type.child, item, depth + 1));
    case 'array':
      return `CAST(${transformed(sql, depth, (item) => readSql(type.child, item, depth + 1))} AS ${typeSql(type)})`;
    case 'struct':
      return rebuiltStruct(type, sql, (field, value) => readSql(field, value, depth));
    case 'map': {
      const entries = transformed(sql, depth, (entry) =>
        rebuiltStruct(entryType(type.key, type.value), entry, (field, value) => readSql(field, value, depth + 1)),
      );
      return `map_from_entries(${entries})`;
    }
    case 'decimal':
      return sql;
    default:
      return type satisfies never;
  }
}

const INTEGER = scalar('INTEGER');
const INTERVAL_PARTS = {
  kind: 'struct',
  fields: [
    { name: 'months', type: INTEGER },
    { name: 'days', type: INTEGER },
    { name: 'micros', type: scalar('BIGINT') },
  ],
} satisfies DataType;

function entryType(key: DataType, value: DataType): DataType & { kind: 'struct' } {
  return {
    kind: 'struct',
    fields: [
      { name: 'key', type: key },
      { name: 'value', type: value },
    ],
  };
}

/** Returns whether DuckDB's Arrow form of a type is exact, so that the type needs no conversion. */
function isExact(type: DataType): boolean {
  switch (type.kind) {
    case 'scalar':
      return type.name !== 'INTERVAL' && type.name !== 'NULL';
    case 'decimal':
      return true;
    case 'enum':
    case 'union':
      return false;
    case 'list':
    case 'array':
      return isExact(type.child);
    case 'struct':
      return type.fields.every((field) => isExact(field.type));
    case 'map':
      return isExact(type.key) && isExact(type.value);
    default:
      return type satisfies never;
  }
}

/**
 * Renders the parts of an interval. `datepart` returns months within the year and microseconds within the minute, so the larger units are
 * added to them.
 */
function intervalParts(sql: string): string {
  const take = (unit: string) => `datepart('${unit}', ${sql})`;
  const months = `CAST(${take('year')} * 12 + ${take('month')} AS INTEGER)`;
  const micros = `${take('hour')} * 3600000000 + ${take('minute')} * 60000000 + ${take('microseconds')}`;
  return `struct_pack(months := ${months}, days := CAST(${take('day')} AS INTEGER), micros := ${micros})`;
}

/** Returns NULL if the input is NULL. Without this case, functions would return a struct of NULLs. */
function unlessNull(sql: string, value: string): string {
  return `CASE WHEN ${sql} IS NULL THEN NULL ELSE ${value} END`;
}

function part(sql: string, name: string): string {
  return `struct_extract(${sql}, ${quoteLiteral(name)})`;
}

function transformed(list: string, depth: number, convert: (item: string) => string): string {
  const item = `item${depth}`;
  return `list_transform(${list}, lambda ${item}: ${convert(item)})`;
}

/** Rebuilds a struct with converted fields. The fields of an unnamed struct are accessed by position. */
function rebuiltStruct(
  type: DataType & { readonly kind: 'struct' },
  sql: string,
  convert: (field: DataType, value: string) => string,
): string {
  const isNamed = type.fields.every((field) => field.name !== '');
  const fields = type.fields.map((field, index) => {
    const value = isNamed ? part(sql, field.name) : `struct_extract_at(${sql}, ${index + 1})`;
    const converted = convert(field.type, value);
    return isNamed ? `${quoteIdentifier(field.name)} := ${converted}` : converted;
  });
  return unlessNull(sql, `${isNamed ? 'struct_pack' : 'row'}(${fields.join(', ')})`);
}

function opaque(typeName: string): ArrowField['extension'] {
  return { name: 'arrow.opaque', metadata: `{"type_name":"${typeName}","vendor_name":"DuckDB"}` };
}

interface ScalarForm {
  readonly type: ArrowType;
  readonly extension?: ArrowField['extension'];
}

const int = (bits: 8 | 16 | 32 | 64, signed: boolean): ScalarForm => ({ type: { kind: 'int', bits, signed } });
const extended = (type: ArrowType, extension: ArrowField['extension']): ScalarForm => ({ type, extension });

const SCALAR_FORMS: Readonly<Record<Exclude<ScalarTypeName, 'INTERVAL' | 'NULL'>, ScalarForm>> = {
  BOOLEAN: extended({ kind: 'int', bits: 8, signed: true }, { name: 'arrow.bool8', metadata: '' }),
  TINYINT: int(8, true),
  SMALLINT: int(16, true),
  INTEGER: int(32, true),
  BIGINT: int(64, true),
  HUGEINT: extended({ kind: 'fixed-binary', width: 16 }, opaque('hugeint')),
  UTINYINT: int(8, false),
  USMALLINT: int(16, false),
  UINTEGER: int(32, false),
  UBIGINT: int(64, false),
  UHUGEINT: extended({ kind: 'fixed-binary', width: 16 }, opaque('uhugeint')),
  BIGNUM: extended({ kind: 'binary' }, opaque('bignum')),
  FLOAT: { type: { kind: 'float', bits: 32 } },
  DOUBLE: { type: { kind: 'float', bits: 64 } },
  VARCHAR: { type: { kind: 'utf8' } },
  BLOB: { type: { kind: 'binary' } },
  BIT: extended({ kind: 'binary' }, opaque('bit')),
  DATE: { type: { kind: 'date32' } },
  TIME: { type: { kind: 'time64', unit: 'us' } },
  TIME_NS: { type: { kind: 'time64', unit: 'ns' } },
  'TIME WITH TIME ZONE': extended({ kind: 'fixed-binary', width: 8 }, opaque('time_tz')),
  TIMESTAMP: { type: { kind: 'timestamp', unit: 'us' } },
  TIMESTAMP_S: { type: { kind: 'timestamp', unit: 's' } },
  TIMESTAMP_MS: { type: { kind: 'timestamp', unit: 'ms' } },
  TIMESTAMP_NS: { type: { kind: 'timestamp', unit: 'ns' } },
  'TIMESTAMP WITH TIME ZONE': { type: { kind: 'timestamp', unit: 'us', zone: 'UTC' } },
  UUID: extended({ kind: 'fixed-binary', width: 16 }, { name: 'arrow.uuid', metadata: '' }),
  JSON: extended({ kind: 'utf8' }, { name: 'arrow.json', metadata: '' }),
};

/**
 * Returns the number of bits in which DuckDB stores a decimal, which avoids a conversion. Decimals of up to 4 digits use 32 bits on the
 * wire, although DuckDB stores them in 16.
 */
function decimalBits(width: number): 32 | 64 | 128 {
  if (width <= 9) return 32;
  return width <= 18 ? 64 : 128;
}

/** Returns DuckDB's Arrow field for a column of a wire type. */
function exactField(name: string, type: DataType): ArrowField {
  switch (type.kind) {
    case 'scalar': {
      if (type.name === 'INTERVAL' || type.name === 'NULL') throw new TypeError(`${type.name} is not a wire type.`);
      const form = SCALAR_FORMS[type.name];
      return form.extension === undefined
        ? { name, type: form.type }
        : { name, type: form.type, extension: form.extension };
    }
    case 'decimal':
      return {
        name,
        type: { kind: 'decimal', bits: decimalBits(type.width), precision: type.width, scale: type.scale },
      };
    case 'list':
      return { name, type: { kind: 'list', child: exactField('item', type.child) } };
    case 'array':
      return { name, type: { kind: 'fixed-list', child: exactField('item', type.child), size: type.size } };
    case 'struct':
      return { name, type: { kind: 'struct', fields: type.fields.map((field) => exactField(field.name, field.type)) } };
    case 'map':
      return { name, type: { kind: 'map', key: exactField('key', type.key), value: exactField('value', type.value) } };
    case 'enum':
    case 'union':
      throw new TypeError(`${type.kind} is not a wire type.`);
    default:
      return type satisfies never;
  }
}
