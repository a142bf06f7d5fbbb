import type { JsonObject, JsonValue } from '../../../engine/duckdb/plan/parse-json.ts';
import { constantTexts, fieldOf, isList, isObject } from '../sql/parse-tree.ts';
import type { RedirectedCall } from './rewrite.ts';

/**
 * Returns whether a rewritten query means the same as the original, except that each call reads its `paths`. The two parse trees must be
 * equal except for positions and these calls. This proves that the rewrite turned no string into SQL and no SQL into a string.
 */
export function isRedirected(original: JsonValue, rewritten: JsonValue, calls: readonly RedirectedCall[]): boolean {
  return new Comparison(calls).isSame(original, rewritten);
}

class Comparison {
  readonly #calls: ReadonlyMap<number, RedirectedCall>;

  constructor(calls: readonly RedirectedCall[]) {
    this.#calls = new Map(calls.map((each) => [each.call.position, each]));
  }

  isSame(original: JsonValue | undefined, rewritten: JsonValue | undefined): boolean {
    if (isList(original)) {
      return (
        isList(rewritten) &&
        original.length === rewritten.length &&
        original.every((item, index) => this.isSame(item, rewritten[index]))
      );
    }
    if (!isObject(original) || !isObject(rewritten)) return Object.is(original, rewritten);
    const position =
      original['type'] === 'TABLE_FUNCTION' ? fieldOf(original['function'], 'query_location') : undefined;
    const redirected = typeof position === 'number' ? this.#calls.get(position) : undefined;
    if (redirected === undefined) return this.#haveSameFields(original, rewritten, ['query_location']);
    return (
      readsPaths(rewritten, redirected) &&
      rewritten['alias'] === (redirected.call.hasAlias ? original['alias'] : redirected.call.name) &&
      this.#haveSameFields(original, rewritten, ['query_location', 'function', 'alias'])
    );
  }

  #haveSameFields(original: JsonObject, rewritten: JsonObject, except: readonly string[]): boolean {
    const keys = new Set([...Object.keys(original), ...Object.keys(rewritten)]);
    for (const key of except) keys.delete(key);
    return [...keys].every((key) => this.isSame(original[key], rewritten[key]));
  }
}

/** Whether a table function is `read_parquet` of exactly the paths of a call. */
function readsPaths(rewritten: JsonObject, { paths }: RedirectedCall): boolean {
  const reader = rewritten['function'];
  const children = fieldOf(reader, 'children');
  const isReader = fieldOf(reader, 'class') === 'FUNCTION' && fieldOf(reader, 'function_name') === 'read_parquet';
  if (!isReader || !isList(children) || children.length !== 1) return false;
  const read = constantTexts(children[0]) ?? [];
  return read.length === paths.length && read.every((path, index) => path === paths[index]);
}
