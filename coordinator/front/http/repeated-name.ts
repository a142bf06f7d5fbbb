import { invalidRequest } from './problem.ts';

/** Bounds the memory of the search below; requests nest only a few levels deep. */
const DEEPEST = 32;

/**
 * The name of a member that an object in a JSON text has twice; undefined if no object has. `JSON.parse`, which must have accepted the
 * text, silently keeps the last one. Throws `REQUEST_INVALID` for a text nested deeper than any request.
 */
export function repeatedName(json: string): string | undefined {
  /** For each object or array around the position: the names found so far. Arrays have none. */
  const around: Set<string>[] = [];
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case '{':
      case '[':
        if (around.length === DEEPEST) throw invalidRequest(`The body is nested more than ${DEEPEST} levels deep.`);
        around.push(new Set());
        break;
      case '}':
      case ']':
        around.pop();
        break;
      case '"': {
        const end = stringEnd(json, at);
        if (isName(json, end)) {
          // Names are compared unescaped.
          const name: string = JSON.parse(json.slice(at, end));
          if (around.at(-1)?.has(name)) return name;
          around.at(-1)?.add(name);
        }
        at = end - 1;
        break;
      }
    }
  }
  return undefined;
}

/** The position after the string that begins at a quote. */
function stringEnd(json: string, quote: number): number {
  let at = quote + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Whether the string that ends here is a member's name: a colon follows only names. */
function isName(json: string, end: number): boolean {
  let at = end;
  while (' \t\n\r'.includes(json[at] ?? '-')) at += 1;
  return json[at] === ':';
}
