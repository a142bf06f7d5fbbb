import type { volley } from '../../../proto/generated/volley.js';
import { type DataType, type StructField, typeSql } from '../types.ts';
import { scalarTypes } from './enumerations.ts';

/** The distinct types of one message. Fields refer to types by position. */
export interface TypeTable {
  /** Returns the position of a type. Adds the type if it is new. */
  indexOf(type: DataType): number;
  /** All types so far, in order. */
  readonly types: readonly DataType[];
  /** All types so far, for the message's list. */
  readonly messages: readonly volley.DataType.$Properties[];
}

/** Returns a table that begins with the given types, in that order. */
export function createTypeTable(first: readonly DataType[] = []): TypeTable {
  const types = [...first];
  const messages = types.map(encodeType);
  const byValue = new Map(types.map((type, index) => [typeSql(type), index]));
  // Most types of a plan are the same few objects. Computing their keys each time would take longer than encoding them.
  const byObject = new Map(types.map((type, index) => [type, index]));
  return {
    types,
    messages,
    indexOf(type) {
      const known = byObject.get(type);
      if (known !== undefined) return known;
      const key = typeSql(type);
      let index = byValue.get(key);
      if (index === undefined) {
        types.push(type);
        index = messages.push(encodeType(type)) - 1;
      }
      byValue.set(key, index);
      byObject.set(type, index);
      return index;
    },
  };
}

/** Encodes a type and everything below it. */
export function encodeType(type: DataType): volley.DataType.$Properties {
  switch (type.kind) {
    case 'scalar':
      return { scalar: scalarTypes.encode(type.name) };
    case 'decimal':
      return { decimal: { width: type.width, scale: type.scale } };
    case 'enum':
      return { enumeration: { values: [...type.values] } };
    case 'list':
      return { list: encodeType(type.child) };
    case 'array':
      return { array: { child: encodeType(type.child), size: type.size } };
    case 'struct':
      return { struct: { fields: type.fields.map(encodeField) } };
    case 'map':
      return { map: { key: encodeType(type.key), value: encodeType(type.value) } };
    case 'union':
      return { union: { fields: type.members.map(encodeField) } };
    default:
      return type satisfies never;
  }
}

function encodeField(field: StructField): volley.FieldType.$Properties {
  return { name: field.name, type: encodeType(field.type) };
}
