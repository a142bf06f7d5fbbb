import { FabricError } from '../../errors.ts';
import type { JsonObject, JsonValue } from './parse-json.ts';

/** Returns the error for a construct that the IR cannot represent. The message names the construct. */
export function unsupported(construct: string): FabricError {
  return new FabricError('PLAN_UNSUPPORTED', `Volley cannot run this query yet: its plan contains ${construct}.`, {
    details: { construct },
  });
}

/** Returns the error for a plan that differs from the JSON of DuckDB 1.5. */
function malformed(where: string, key: string, expected: string): FabricError {
  return unsupported(`${where} whose ${key} is not ${expected}`);
}

/** Returns the value as an object. Throws an error that names `where` if it is not an object. */
export function objectOf(value: JsonValue | undefined, where: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(where, 'body', 'an object');
  }
  // The cast is needed because `Array.isArray` does not exclude readonly arrays from the type.
  return value as JsonObject;
}

/**
 * Rejects unknown keys. With `skip_default`, the plan only contains keys that carry meaning, so ignoring an unknown key would lose that
 * meaning.
 */
export function refuseOtherKeys(object: JsonObject, where: string, known: ReadonlySet<string>): void {
  for (const key of Object.keys(object)) {
    if (!known.has(key)) throw unsupported(`${where} with ${key}`);
  }
}

/** Reads a string field. An absent field is the empty string or the given default. */
export function textField(object: JsonObject, key: string, absent = ''): string {
  const value = object[key];
  if (value === undefined) return absent;
  if (typeof value !== 'string') throw malformed(describe(object), key, 'text');
  return value;
}

/** Reads a boolean field. An absent field is false or the given default. */
export function flagField(object: JsonObject, key: string, absent = false): boolean {
  const value = object[key];
  if (value === undefined) return absent;
  if (typeof value !== 'boolean') throw malformed(describe(object), key, 'true or false');
  return value;
}

/** Reads a list field. An absent field is the empty list. */
export function listField(object: JsonObject, key: string): readonly JsonValue[] {
  const value = object[key];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw malformed(describe(object), key, 'a list');
  return value;
}

/** Reads a list of objects. An absent field is the empty list. */
export function objectsField(object: JsonObject, key: string): readonly JsonObject[] {
  return listField(object, key).map((item) => objectOf(item, `${describe(object)}.${key}`));
}

/** Returns the two inputs of a binary operator. */
export function twoChildren(node: JsonObject): readonly [JsonObject, JsonObject] {
  const [left, right, ...more] = objectsField(node, 'children');
  if (left === undefined || right === undefined || more.length > 0) {
    throw unsupported(`a ${textField(node, 'type')} without exactly two inputs`);
  }
  return [left, right];
}

/** Reads a required object field. */
export function objectField(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  if (value === undefined) throw malformed(describe(object), key, 'an object');
  return objectOf(value, `${describe(object)}.${key}`);
}

/** Reads an optional object field. */
export function optionalField(object: JsonObject, key: string): JsonObject | undefined {
  const value = object[key];
  return value === undefined || value === null ? undefined : objectOf(value, `${describe(object)}.${key}`);
}

/** Reads a position or count. An absent field is 0. */
export function countField(object: JsonObject, key: string): number {
  return countOf(object[key] ?? 0, `${describe(object)}.${key}`);
}

/** Reads an integer of any width. An absent field is 0. */
export function integerField(object: JsonObject, key: string): bigint {
  const value = object[key] ?? 0;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  throw malformed(describe(object), key, 'an integer');
}

/** Returns the value as a position or count. */
export function countOf(value: JsonValue, where: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw malformed(where, 'position', 'a count');
  return value;
}

/** Returns the value as text. */
export function textOf(value: JsonValue, where: string): string {
  if (typeof value !== 'string') throw malformed(where, 'item', 'text');
  return value;
}

/** Describes an object of the plan in messages. */
export function describe(object: JsonObject): string {
  for (const key of ['type', 'expression_class', 'filter_type', 'id', 'name']) {
    const value = object[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return 'part of the plan';
}
