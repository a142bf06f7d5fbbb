import type { volley } from '../../../proto/generated/volley.js';
import type { DataType, StructField } from '../types.ts';
import { scalarTypes } from './enumerations.ts';
import { invalid, required, tooNew } from './faults.ts';

/** The types of one message, by position. */
export type DecodedTypes = readonly DataType[];

/** Reads the type list of a message. */
export function decodeTypeTable(messages: readonly volley.DataType.$Shape[] | null | undefined): DecodedTypes {
  return (messages ?? []).map(decodeType);
}

/** Returns the type at a position. */
export function typeAt(types: DecodedTypes, index: number | null | undefined): DataType {
  const type = types[index ?? 0];
  if (type === undefined) throw invalid(`type ${index ?? 0} does not exist (count: ${types.length})`);
  return type;
}

/** Decodes a type and its nested types. */
export function decodeType(message: volley.DataType.$Shape | null | undefined): DataType {
  const type = required(message, 'a type');
  switch (type.kind) {
    case 'scalar':
      return { kind: 'scalar', name: scalarTypes.decode(type.scalar) };
    case 'decimal':
      return decodeDecimal(type.decimal);
    case 'enumeration':
      return { kind: 'enum', values: type.enumeration.values ?? [] };
    case 'list':
      return { kind: 'list', child: decodeType(type.list) };
    case 'array': {
      const size = type.array.size ?? 0;
      if (size < 1) throw invalid('an ARRAY type has no elements');
      return { kind: 'array', child: decodeType(type.array.child), size };
    }
    case 'struct':
      return { kind: 'struct', fields: (type.struct.fields ?? []).map(decodeField) };
    case 'map':
      return { kind: 'map', key: decodeType(type.map.key), value: decodeType(type.map.value) };
    case 'union':
      return { kind: 'union', members: (type.union.fields ?? []).map(decodeField) };
    case undefined:
      throw tooNew('it contains a type of an unknown kind');
    default:
      return type satisfies never;
  }
}

function decodeDecimal({ width, scale }: volley.DecimalType.$Shape): DataType {
  const decimal = { kind: 'decimal', width: width ?? 0, scale: scale ?? 0 } as const;
  if (decimal.width < 1 || decimal.width > 38 || decimal.scale > decimal.width)
    throw invalid(`DECIMAL(${decimal.width},${decimal.scale}) is not a valid type`);
  return decimal;
}

function decodeField(message: volley.FieldType.$Shape): StructField {
  return { name: message.name ?? '', type: decodeType(message.type) };
}
