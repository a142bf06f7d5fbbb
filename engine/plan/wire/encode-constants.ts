import type { volley } from '../../../proto/generated/volley.js';
import type { ConstantValue } from '../expression.ts';
import { bytesFromBigint, fitsInt64, longFromBigint } from './integers.ts';

/**
 * Encodes the value of a constant in the form for its kind. Throws for text that is not well-formed Unicode, which the encoding would
 * alter.
 */
export function encodeConstant(value: ConstantValue): volley.Constant.$Properties {
  if (value === null) return { null: {} };
  switch (typeof value) {
    case 'boolean':
      return { boolean: value };
    case 'bigint':
      return fitsInt64(value) ? { integer: longFromBigint(value) } : { wideInteger: bytesFromBigint(value) };
    case 'number':
      return { floating: value };
    case 'string':
      if (/\p{Surrogate}/u.test(value)) throw new RangeError('a string contains an unpaired surrogate');
      return { text: value };
    default:
      break;
  }
  if (value instanceof Uint8Array) return { bytes: value };
  if ('months' in value)
    return { interval: { months: value.months, days: value.days, micros: longFromBigint(value.micros) } };
  return { list: { values: value.map(encodeConstant) } };
}
