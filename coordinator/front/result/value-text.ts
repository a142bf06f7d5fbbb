import { FabricError } from '../../../engine/errors.ts';
import type { ConstantValue, IntervalValue } from '../../../engine/plan/expression.ts';
import type { DataType, ScalarTypeName } from '../../../engine/plan/types.ts';
import { decimalText, floatText } from './number-text.ts';
import { dateText, intervalText, timestampText, timeText, zonedTimestampText } from './temporal-text.ts';

/** Writes values of one type, other than NULL, as text. */
export type ValueWriter = (value: ConstantValue) => string;

function mismatch(type: string, value: ConstantValue): FabricError {
  return new FabricError('INTERNAL', `A result value of type ${type} has the JavaScript type ${typeof value}.`);
}

/** Returns the value of an INTERVAL. Throws `INTERNAL` for any other value. */
export function asInterval(value: ConstantValue): IntervalValue {
  if (typeof value !== 'object' || value === null || !('micros' in value)) throw mismatch('INTERVAL', value);
  return value;
}

/** Returns the value of an integer type. Throws `INTERNAL` for any other value. */
export function asBigint(value: ConstantValue): bigint {
  if (typeof value !== 'bigint') throw mismatch('integer', value);
  return value;
}

/** Returns the children of a nested value. Throws `INTERNAL` for any other value. */
export function asSequence(value: ConstantValue): readonly ConstantValue[] {
  if (!Array.isArray(value)) throw mismatch('nested', value);
  return value;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

/** Formats a BLOB like DuckDB: printable ASCII other than quotes and backslashes is unchanged, and other bytes become `\xAA`. */
function blobText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const isPlain = byte >= 32 && byte <= 126 && byte !== 0x5c && byte !== 0x27 && byte !== 0x22;
    text += isPlain ? String.fromCharCode(byte) : `\\x${HEX[byte]}`;
  }
  return text;
}

/** Formats a UUID from its 128 bits. */
function uuidText(bits: bigint): string {
  const hex = bits.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function scalarWriter(name: ScalarTypeName, timeZone: string): ValueWriter {
  const integer =
    (write: (value: bigint) => string): ValueWriter =>
    (value) =>
      write(asBigint(value));
  switch (name) {
    case 'DATE':
      return integer(dateText);
    case 'TIME':
      return integer((value) => timeText(value, 1_000_000n));
    case 'TIME_NS':
      return integer((value) => timeText(value, 1_000_000_000n));
    case 'TIMESTAMP':
      return integer((value) => timestampText(value, 1_000_000n));
    case 'TIMESTAMP_S':
      return integer((value) => timestampText(value, 1n));
    case 'TIMESTAMP_MS':
      return integer((value) => timestampText(value, 1_000n));
    case 'TIMESTAMP_NS':
      return integer((value) => timestampText(value, 1_000_000_000n));
    case 'TIMESTAMP WITH TIME ZONE':
      return integer((value) => zonedTimestampText(value, timeZone));
    case 'UUID':
      return integer(uuidText);
    case 'FLOAT':
      return (value) => floatText(Number(value), 32);
    case 'DOUBLE':
      return (value) => floatText(Number(value), 64);
    case 'INTERVAL':
      return (value) => intervalText(asInterval(value));
    case 'BLOB':
      return (value) => (value instanceof Uint8Array ? blobText(value) : String(value));
    case 'BOOLEAN':
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
    case 'BIGNUM':
    case 'VARCHAR':
    case 'BIT':
    case 'TIME WITH TIME ZONE':
    case 'JSON':
    case 'NULL':
      return String;
    default:
      return name satisfies never;
  }
}

/**
 * Returns whether DuckDB quotes a text inside a nested value. It quotes empty text, the word NULL, text that begins or ends with white
 * space, and text that contains the punctuation of nested values.
 */
function needsQuotes(text: string): boolean {
  return text === '' || /^[ \t\n\v\f\r]|[ \t\n\v\f\r]$|["'(),:=[\]{}]/.test(text) || /^null$/i.test(text);
}

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;

/** The type that contains a child. It determines whether DuckDB quotes the child. */
type Container = 'list' | 'array' | 'struct' | 'map';

/** Returns whether DuckDB never quotes a child. This holds for nested types, every child of an ARRAY, and JSON in a LIST. */
function isBare(type: DataType, container: Container): boolean {
  if (container === 'array') return true;
  if (type.kind === 'scalar') return container === 'list' && type.name === 'JSON';
  return type.kind !== 'decimal' && type.kind !== 'enum';
}

function childWriter(type: DataType, timeZone: string, container: Container): ValueWriter {
  const write = valueWriter(type, timeZone);
  const bare = isBare(type, container);
  return (value) => {
    if (value === null) return 'NULL';
    const text = write(value);
    return !bare && needsQuotes(text) ? quoted(text) : text;
  };
}

/** Returns a writer with the same output as DuckDB's `CAST(x AS VARCHAR)` in a session with this time zone. */
export function valueWriter(type: DataType, timeZone: string): ValueWriter {
  switch (type.kind) {
    case 'scalar':
      return scalarWriter(type.name, timeZone);
    case 'decimal':
      return (value) => decimalText(asBigint(value), type.width, type.scale);
    case 'enum':
      return String;
    case 'union': {
      const members = new Map(type.members.map((member) => [member.name, valueWriter(member.type, timeZone)]));
      return (value) => {
        const [name = null, content = null] = asSequence(value);
        return content === null ? 'NULL' : (members.get(String(name))?.(content) ?? 'NULL');
      };
    }
    case 'list':
    case 'array': {
      const element = childWriter(type.child, timeZone, type.kind);
      return (value) => `[${asSequence(value).map(element).join(', ')}]`;
    }
    case 'struct':
      return structWriter(type.fields, timeZone);
    case 'map': {
      const key = childWriter(type.key, timeZone, 'map');
      const item = childWriter(type.value, timeZone, 'map');
      return (value) => {
        const entries = asSequence(value).map((entry) => {
          const [left = null, right = null] = asSequence(entry);
          return `${key(left)}=${item(right)}`;
        });
        return `{${entries.join(', ')}}`;
      };
    }
    default:
      return type satisfies never;
  }
}

function structWriter(
  fields: readonly { readonly name: string; readonly type: DataType }[],
  timeZone: string,
): ValueWriter {
  const writers = fields.map((field) => childWriter(field.type, timeZone, 'struct'));
  const isUnnamed = fields.every((field) => field.name === '');
  const prefixes = fields.map((field) => (isUnnamed ? '' : `${quoted(field.name)}: `));
  return (value) => {
    const children = asSequence(value);
    const parts = writers.map((write, index) => (prefixes[index] ?? '') + write(children[index] ?? null));
    return isUnnamed ? `(${parts.join(', ')})` : `{${parts.join(', ')}}`;
  };
}
