import { FabricError } from '../../errors.ts';
import type { JsonObject, JsonValue } from './parse-json.ts';

/** The error for a construct that the IR cannot hold. Names the construct. */
export function unsupported(construct: string): FabricError {
  return new FabricError('PLAN_UNSUPPORTED', `Volley cannot run this query yet: its plan contains ${construct}.`, {
    details: { construct },
  });
}

/** The error for a plan that differs from the JSON of DuckDB 1.5. */
function malformed(where: string, key: string, expected: string): FabricError {
  return unsupported(`${where} without a readable ${key} (${expected})`);
}

/** The value as an object; `where` names it in errors. */
export function objectOf(value: JsonValue | undefined, where: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(where, 'body', 'an object');
  }
  // A checked border: `Array.isArray` does not exclude readonly arrays from the type.
  return value as JsonObject;
}

/**
 * Rejects unknown keys. With `skip_default` the plan only contains keys that carry meaning, so ignoring an unknown key would lose that
 * meaning.
 */
export function refuseOtherKeys(object: JsonObject, where: string, known: ReadonlySet<string>): void {
  for (const key of Object.keys(object)) {
    if (!known.has(key)) throw unsupported(`${where} with ${key}`);
  }
}

/** A string field. If absent, the empty string or the given default. */
export function textField(object: JsonObject, key: string, absent = ''): string {
  const value = object[key];
  if (value === undefined) return absent;
  if (typeof value !== 'string') throw malformed(describe(object), key, 'text');
  return value;
}

/** A boolean field. If absent, false or the given default. */
export function flagField(object: JsonObject, key: string, absent = false): boolean {
  const value = object[key];
  if (value === undefined) return absent;
  if (typeof value !== 'boolean') throw malformed(describe(object), key, 'true or false');
  return value;
}

/** A list field. If absent, the empty list. */
export function listField(object: JsonObject, key: string): readonly JsonValue[] {
  const value = object[key];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw malformed(describe(object), key, 'a list');
  return value;
}

/** A list of objects. If absent, the empty list. */
export function objectsField(object: JsonObject, key: string): readonly JsonObject[] {
  return listField(object, key).map((item) => objectOf(item, `${describe(object)}.${key}`));
}

/** The two inputs of a binary operator. */
export function twoChildren(node: JsonObject): readonly [JsonObject, JsonObject] {
  const [left, right, ...more] = objectsField(node, 'children');
  if (left === undefined || right === undefined || more.length > 0) {
    throw unsupported(`a ${textField(node, 'type')} without exactly two inputs`);
  }
  return [left, right];
}

/** A required object field. */
export function objectField(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  if (value === undefined) throw malformed(describe(object), key, 'an object');
  return objectOf(value, `${describe(object)}.${key}`);
}

/** An optional object field. */
export function optionalField(object: JsonObject, key: string): JsonObject | undefined {
  const value = object[key];
  return value === undefined || value === null ? undefined : objectOf(value, `${describe(object)}.${key}`);
}

/** A position or count. 0 if absent. */
export function countField(object: JsonObject, key: string): number {
  return countOf(object[key] ?? 0, `${describe(object)}.${key}`);
}

/** An integer of any width. 0 if absent. */
export function integerField(object: JsonObject, key: string): bigint {
  const value = object[key] ?? 0;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  throw malformed(describe(object), key, 'an integer');
}

/** The value as a position or count. */
export function countOf(value: JsonValue, where: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw malformed(where, 'position', 'a count');
  return value;
}

/** The value as text. */
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
