import { wrong } from './job-request.ts';

/** No request nests deeper than a few levels. Bounds what the search below remembers. */
const DEEPEST = 32;

/**
 * The name of a member that stands twice in one object of a JSON text, undefined where there is none. `JSON.parse`, which must have taken
 * the text, silently takes the last of them. Throws `REQUEST_INVALID` for what is nested deeper than any request.
 */
export function repeatedName(json: string): string | undefined {
  /** The names so far of each object around the position; an array has none. */
  const around: Set<string>[] = [];
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case '{':
      case '[':
        if (around.length === DEEPEST) throw wrong(`The body is nested more than ${DEEPEST} deep.`);
        around.push(new Set());
        break;
      case '}':
      case ']':
        around.pop();
        break;
      case '"': {
        const end = stringEnd(json, at);
        if (isName(json, end)) {
          // Names are compared as they are read: "a" may be written with an escape.
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

/** Where the string that begins at a quote has ended. */
function stringEnd(json: string, quote: number): number {
  let at = quote + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Whether what follows makes the string before it a member's name: no value stands before a colon. */
function isName(json: string, end: number): boolean {
  let at = end;
  while (' \t\n\r'.includes(json[at] ?? '-')) at += 1;
  return json[at] === ':';
}
