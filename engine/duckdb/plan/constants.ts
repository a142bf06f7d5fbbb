import type { ConstantValue, Expression, IntervalValue } from '../../plan/expression.ts';
import { type DataType, typeSql } from '../../plan/types.ts';
import { countField, flagField, integerField, objectOf, objectsField, optionalField, unsupported } from './fields.ts';
import type { JsonObject, JsonValue } from './parse-json.ts';
import { readType } from './types.ts';

type Constant = Extract<Expression, { kind: 'constant' }>;

/** UUIDs are stored with the top bit flipped, so that they sort as signed 128-bit integers. */
const UUID_FLIP = 1n << 127n;

/** Reads a value of the plan JSON (`{type, is_null, value}`) as a constant expression. */
export function readConstant(json: JsonValue | undefined): Constant {
  const value = objectOf(json, 'a constant');
  const type = readType(value['type']);
  return { kind: 'constant', type, value: readValue(value, type) };
}

/**
 * Reads the value of a `{type, is_null, value}` object as the given type. An absent value is the type's default, which is 0, the empty
 * string or no children.
 */
export function readValue(json: JsonObject, type: DataType): ConstantValue {
  if (flagField(json, 'is_null')) return null;
  switch (type.kind) {
    case 'scalar':
      return readScalar(json, type);
    case 'decimal':
      return wideInteger(json);
    case 'enum': {
      const text = type.values[countField(json, 'value')];
      if (text === undefined) throw unsupported('an ENUM constant that is not a value of its type');
      return text;
    }
    case 'list':
    case 'array':
      return childrenOf(json).map((child) => readValue(child, type.child));
    case 'struct':
      return fieldValues(
        json,
        type.fields.map((field) => field.type),
      );
    case 'map':
      return childrenOf(json).map((entry) => fieldValues(entry, [type.key, type.value]));
    case 'union': {
      const [tag, ...members] = childrenOf(json);
      const index = tag === undefined ? 0 : countField(tag, 'value');
      const member = members[index];
      const memberType = type.members[index]?.type;
      if (member === undefined || memberType === undefined)
        throw unsupported('a UNION constant that is not a member of its type');
      return [BigInt(index), readValue(member, memberType)];
    }
    default:
      return type satisfies never;
  }
}

function readScalar(json: JsonObject, type: Extract<DataType, { kind: 'scalar' }>): ConstantValue {
  const value = json['value'];
  switch (type.name) {
    case 'NULL':
      return null;
    case 'BOOLEAN':
      return flagField(json, 'value');
    case 'VARCHAR':
    case 'JSON':
      return textValue(value);
    case 'BLOB':
      return blobBytes(textValue(value));
    case 'FLOAT':
    case 'DOUBLE':
      if (value === undefined) return 0;
      if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
      throw unsupported(`a ${type.name} constant that is not a number`);
    case 'INTERVAL':
      return readInterval(json);
    case 'UUID':
      return BigInt.asUintN(128, wideInteger(json)) ^ UUID_FLIP;
    case 'BIT':
    case 'BIGNUM':
      throw unsupported(`a constant of type ${typeSql(type)}`);
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
    case 'HUGEINT':
    case 'UTINYINT':
    case 'USMALLINT':
    case 'UINTEGER':
    case 'UBIGINT':
    case 'UHUGEINT':
    case 'DATE':
    case 'TIME':
    case 'TIME_NS':
    case 'TIME WITH TIME ZONE':
    case 'TIMESTAMP':
    case 'TIMESTAMP_S':
    case 'TIMESTAMP_MS':
    case 'TIMESTAMP_NS':
    case 'TIMESTAMP WITH TIME ZONE':
      return wideInteger(json);
    default:
      return type.name satisfies never;
  }
}

function textValue(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') throw unsupported('a text constant that is not a string');
  return value;
}

/** Reads an integer. A 128-bit integer is written as `{upper, lower}`. */
function wideInteger(json: JsonObject): bigint {
  const value = json['value'];
  if (typeof value !== 'object' || value === null) return integerField(json, 'value');
  const halves = objectOf(value, 'a 128-bit constant');
  return (integerField(halves, 'upper') << 64n) + BigInt.asUintN(64, integerField(halves, 'lower'));
}

function readInterval(json: JsonObject): IntervalValue {
  const parts = optionalField(json, 'value') ?? {};
  return {
    months: Number(integerField(parts, 'months')),
    days: Number(integerField(parts, 'days')),
    micros: integerField(parts, 'micros'),
  };
}

/** Decodes a BLOB. ASCII characters stand for themselves, and every other byte is written as `\xAA`. */
function blobBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const match of text.matchAll(/\\x([0-9A-Fa-f]{2})|([\s\S])/g)) {
    const [whole, hex] = match;
    bytes.push(hex === undefined ? whole.charCodeAt(0) : Number.parseInt(hex, 16));
  }
  return Uint8Array.from(bytes);
}

function childrenOf(json: JsonObject): readonly JsonObject[] {
  const value = optionalField(json, 'value');
  return value === undefined ? [] : objectsField(value, 'children');
}

function fieldValues(json: JsonObject, types: readonly DataType[]): readonly ConstantValue[] {
  const children = childrenOf(json);
  return types.map((type, index) => {
    const child = children[index];
    if (child === undefined) throw unsupported('a STRUCT constant with a missing field');
    return readValue(child, type);
  });
}
