import type { volley } from '../../../proto/generated/volley.js';
import type { ConstantValue } from '../expression.ts';
import { type DataType, type ScalarTypeName, typeSql } from '../types.ts';
import { invalid, required, tooNew } from './faults.ts';
import { bigintFromBytes, bigintFromSigned } from './integers.ts';

/** Decodes the value of a constant and checks it against its type, so that readers need not check it again. */
export function decodeConstant(message: volley.Constant.$Shape | null | undefined, type: DataType): ConstantValue {
  const value = decodeValue(required(message, 'the value of a constant'));
  if (!fits(value, type)) throw invalid(`a constant is not a valid ${typeSql(type).slice(0, 100)}`);
  return value;
}

function decodeValue(message: volley.Constant.$Shape): ConstantValue {
  switch (message.value) {
    case 'null':
      return null;
    case 'boolean':
      return message.boolean;
    case 'integer':
      return bigintFromSigned(message.integer);
    case 'wideInteger':
      return bigintFromBytes(message.wideInteger);
    case 'floating':
      return message.floating;
    case 'text':
      return message.text;
    case 'bytes':
      return message.bytes;
    case 'interval': {
      const { months, days, micros } = message.interval;
      return { months: months ?? 0, days: days ?? 0, micros: micros ? bigintFromSigned(micros) : 0n };
    }
    case 'list':
      return (message.list.values ?? []).map(decodeValue);
    case undefined:
      throw tooNew('it contains a constant of an unknown kind');
    default:
      return message satisfies never;
  }
}

/** The number of bits of each integer type. Other scalar types are absent. */
const INTEGER_BITS: Partial<Record<ScalarTypeName, { readonly bits: number; readonly signed: boolean }>> = {
  TINYINT: { bits: 8, signed: true },
  SMALLINT: { bits: 16, signed: true },
  INTEGER: { bits: 32, signed: true },
  BIGINT: { bits: 64, signed: true },
  HUGEINT: { bits: 128, signed: true },
  UTINYINT: { bits: 8, signed: false },
  USMALLINT: { bits: 16, signed: false },
  UINTEGER: { bits: 32, signed: false },
  UBIGINT: { bits: 64, signed: false },
  UHUGEINT: { bits: 128, signed: false },
  DATE: { bits: 32, signed: true },
  TIME: { bits: 64, signed: true },
  TIME_NS: { bits: 64, signed: true },
  'TIME WITH TIME ZONE': { bits: 64, signed: false },
  TIMESTAMP: { bits: 64, signed: true },
  TIMESTAMP_S: { bits: 64, signed: true },
  TIMESTAMP_MS: { bits: 64, signed: true },
  TIMESTAMP_NS: { bits: 64, signed: true },
  'TIMESTAMP WITH TIME ZONE': { bits: 64, signed: true },
  UUID: { bits: 128, signed: false },
};

function fits(value: ConstantValue, type: DataType): boolean {
  if (value === null) return true;
  switch (type.kind) {
    case 'scalar':
      return fitsScalar(value, type.name);
    case 'decimal':
      return typeof value === 'bigint' && value > -(10n ** BigInt(type.width)) && value < 10n ** BigInt(type.width);
    case 'enum':
      return typeof value === 'string' && type.values.includes(value);
    case 'list':
      return isList(value) && value.every((child) => fits(child, type.child));
    case 'array':
      return isList(value) && value.length === type.size && value.every((child) => fits(child, type.child));
    case 'struct':
      return fitsEach(
        value,
        type.fields.map((field) => field.type),
      );
    case 'map':
      return isList(value) && value.every((entry) => fitsEach(entry, [type.key, type.value]));
    case 'union': {
      if (!isList(value) || value.length !== 2 || typeof value[0] !== 'bigint') return false;
      const member = type.members[Number(value[0])];
      return member !== undefined && fits(value[1] ?? null, member.type);
    }
    default:
      return type satisfies never;
  }
}

function fitsScalar(value: Exclude<ConstantValue, null>, name: ScalarTypeName): boolean {
  switch (name) {
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'FLOAT':
    case 'DOUBLE':
      return typeof value === 'number';
    case 'VARCHAR':
    case 'JSON':
      return typeof value === 'string';
    case 'BIT':
      return typeof value === 'string' && /^[01]*$/.test(value);
    case 'BLOB':
      return value instanceof Uint8Array;
    case 'INTERVAL':
      return typeof value === 'object' && 'months' in value;
    case 'BIGNUM':
      return typeof value === 'bigint';
    case 'NULL':
      return false;
    default: {
      const integer = INTEGER_BITS[name];
      if (integer === undefined || typeof value !== 'bigint') return false;
      return value === (integer.signed ? BigInt.asIntN(integer.bits, value) : BigInt.asUintN(integer.bits, value));
    }
  }
}

function isList(value: ConstantValue): value is readonly ConstantValue[] {
  return Array.isArray(value);
}

function fitsEach(value: ConstantValue, types: readonly DataType[]): boolean {
  return (
    isList(value) && value.length === types.length && types.every((type, index) => fits(value[index] ?? null, type))
  );
}
