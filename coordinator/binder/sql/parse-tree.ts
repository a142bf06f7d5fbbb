import type { JsonObject, JsonValue } from '../../../engine/duckdb/plan/parse-json.ts';

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a field of an object, or `undefined` for other values. */
export function fieldOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) ? value[key] : undefined;
}

/** Returns the strings in an expression of the form `'a'` or `['a', 'b']`, or `undefined` for other expressions. */
export function constantTexts(expression: JsonValue | undefined): readonly string[] | undefined {
  if (!isObject(expression)) return undefined;
  if (expression['class'] === 'CONSTANT') {
    const value = expression['value'];
    const text = fieldOf(fieldOf(value, 'type'), 'id') === 'VARCHAR' ? fieldOf(value, 'value') : undefined;
    return typeof text === 'string' ? [text] : undefined;
  }
  const items = expression['children'];
  if (expression['class'] !== 'FUNCTION' || expression['function_name'] !== 'list_value' || !isList(items))
    return undefined;
  const texts = items.map((item) => (fieldOf(item, 'class') === 'CONSTANT' ? constantTexts(item)?.[0] : undefined));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
