import { type DataType, type ScalarTypeName, type StructField, scalar } from '../../plan/types.ts';
import {
  countField,
  describe,
  listField,
  objectField,
  objectOf,
  objectsField,
  optionalField,
  refuseOtherKeys,
  textField,
  textOf,
  unsupported,
} from './fields.ts';
import type { JsonObject, JsonValue } from './parse-json.ts';

/** The names of DuckDB's scalar types, as `typeof` prints them. They are also the type ids of the plan JSON. */
const SCALAR_NAMES: readonly ScalarTypeName[] = [
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'UHUGEINT',
  'BIGNUM',
  'FLOAT',
  'DOUBLE',
  'VARCHAR',
  'BLOB',
  'BIT',
  'DATE',
  'TIME',
  'TIME_NS',
  'TIME WITH TIME ZONE',
  'TIMESTAMP',
  'TIMESTAMP_S',
  'TIMESTAMP_MS',
  'TIMESTAMP_NS',
  'TIMESTAMP WITH TIME ZONE',
  'INTERVAL',
  'UUID',
  'NULL',
];
const SCALARS: ReadonlyMap<string, DataType> = new Map([
  ...SCALAR_NAMES.map((name): [string, DataType] => [name, scalar(name)]),
  ['"NULL"', scalar('NULL')],
  ['SQLNULL', scalar('NULL')],
  ['CHAR', scalar('VARCHAR')],
]);

const TYPE_KEYS = new Set(['id', 'type_info']);
/** Collations are ignored, because DuckDB's binder has already applied their functions to comparisons. */
const TYPE_INFO_KEYS = new Set([
  'type',
  'alias',
  'collation',
  'width',
  'scale',
  'child_type',
  'child_types',
  'size',
  'values',
  'values_count',
]);

/** Reads a type of the plan JSON (`{id, type_info}`). Throws if the IR has no such type. */
export function readType(json: JsonValue | undefined): DataType {
  const type = objectOf(json, 'a type');
  refuseOtherKeys(type, `type ${describe(type)}`, TYPE_KEYS);
  const id = textField(type, 'id');
  const info = optionalField(type, 'type_info');
  if (info !== undefined) refuseOtherKeys(info, `type ${id}`, TYPE_INFO_KEYS);
  const alias = info === undefined ? '' : textField(info, 'alias');
  if (alias !== '') {
    if (id === 'VARCHAR' && alias === 'JSON') return scalar('JSON');
    throw unsupported(`the type ${alias}`);
  }
  const known = SCALARS.get(id);
  if (known !== undefined) return known;
  if (info === undefined) throw unsupported(`the type ${id}`);
  return readNested(id, info);
}

function readNested(id: string, info: JsonObject): DataType {
  switch (id) {
    case 'DECIMAL':
      return { kind: 'decimal', width: countField(info, 'width'), scale: countField(info, 'scale') };
    case 'ENUM':
      return { kind: 'enum', values: listField(info, 'values').map((value) => textOf(value, 'ENUM')) };
    case 'LIST':
      return { kind: 'list', child: readType(info['child_type']) };
    case 'ARRAY':
      return { kind: 'array', child: readType(info['child_type']), size: countField(info, 'size') };
    case 'STRUCT':
      return { kind: 'struct', fields: readFields(info) };
    case 'UNION':
      // The first field is the tag of the current member.
      return { kind: 'union', members: readFields(info).slice(1) };
    case 'MAP': {
      const entry = readType(objectField(info, 'child_type'));
      if (entry.kind !== 'struct' || entry.fields.length !== 2) throw unsupported('a MAP type without key and value');
      const [key, value] = entry.fields;
      if (key === undefined || value === undefined) throw unsupported('a MAP type without key and value');
      return { kind: 'map', key: key.type, value: value.type };
    }
    default:
      throw unsupported(`the type ${id}`);
  }
}

function readFields(info: JsonObject): readonly StructField[] {
  return objectsField(info, 'child_types').map((field) => ({
    name: textField(field, 'first'),
    type: readType(field['second']),
  }));
}
