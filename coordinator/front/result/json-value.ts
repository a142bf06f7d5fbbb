import type { ConstantValue } from '../../../engine/plan/expression.ts';
import type { DataType, StructField } from '../../../engine/plan/types.ts';
import { uniqueNames } from './column-names.ts';
import { floatText } from './number-text.ts';
import { asSequence, type ValueWriter, valueWriter } from './value-text.ts';

const asString =
  (write: ValueWriter): ValueWriter =>
  (value) =>
    JSON.stringify(write(value));

function floatWriter(bits: 32 | 64): ValueWriter {
  return (value) => {
    const number = Number(value);
    if (Number.isFinite(number)) return floatText(number, bits);
    return Number.isNaN(number) ? '"NaN"' : number > 0 ? '"Infinity"' : '"-Infinity"';
  };
}

function scalarWriter(type: DataType & { readonly kind: 'scalar' }, timeZone: string): ValueWriter {
  switch (type.name) {
    case 'BOOLEAN':
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'UTINYINT':
    case 'USMALLINT':
    case 'UINTEGER':
      return String;
    case 'FLOAT':
      return floatWriter(32);
    case 'DOUBLE':
      return floatWriter(64);
    case 'BLOB':
      return (value) => JSON.stringify(value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value);
    case 'JSON':
      // Replace line breaks, which would split a line of NDJSON. In JSON text, they can only separate tokens.
      return (value) => String(value).replace(/[\r\n]+/g, ' ');
    default:
      return asString(valueWriter(type, timeZone));
  }
}

function structWriter(fields: readonly StructField[], timeZone: string): ValueWriter {
  const writers = fields.map((field) => jsonWriter(field.type, timeZone));
  const isUnnamed = fields.every((field) => field.name === '');
  const keys = uniqueNames(fields.map((field) => field.name)).map((name) =>
    isUnnamed ? '' : `${JSON.stringify(name)}:`,
  );
  return (value) => {
    const children = asSequence(value);
    const parts = writers.map((write, index) => (keys[index] ?? '') + write(children[index] ?? null));
    return isUnnamed ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
  };
}

/** Returns a writer for values other than NULL. */
function presentWriter(type: DataType, timeZone: string): ValueWriter {
  switch (type.kind) {
    case 'scalar':
      return scalarWriter(type, timeZone);
    case 'decimal':
    case 'enum':
      return asString(valueWriter(type, timeZone));
    case 'union': {
      const members = new Map(type.members.map((member) => [member.name, jsonWriter(member.type, timeZone)]));
      return (value) => {
        const [name = null, content = null] = asSequence(value);
        return members.get(String(name))?.(content) ?? 'null';
      };
    }
    case 'list':
    case 'array': {
      const element = jsonWriter(type.child, timeZone);
      return (value) => `[${asSequence(value).map(element).join(',')}]`;
    }
    case 'struct':
      return structWriter(type.fields, timeZone);
    case 'map': {
      const key = valueWriter(type.key, timeZone);
      const item = jsonWriter(type.value, timeZone);
      return (value) => {
        const entries = asSequence(value).map((entry) => {
          const [left = null, right = null] = asSequence(entry);
          return `${JSON.stringify(left === null ? 'NULL' : key(left))}:${item(right)}`;
        });
        return `{${entries.join(',')}}`;
      };
    }
    default:
      return type satisfies never;
  }
}

/**
 * Returns a writer of JSON that every reader parses without loss. Types whose values all fit a double become numbers. Wider integers and
 * decimals become strings in every row, so that a column has one JSON type. NaN and infinities become strings, blobs become base64, and
 * lists become arrays. Structs and maps become objects, and unnamed structs become arrays. All other values become the text that DuckDB
 * prints.
 */
export function jsonWriter(type: DataType, timeZone: string): ValueWriter {
  const write = presentWriter(type, timeZone);
  return (value: ConstantValue) => (value === null ? 'null' : write(value));
}
