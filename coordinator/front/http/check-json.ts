import { invalidRequest } from './problem.ts';

/** Bounds the memory of the search below; requests nest only a few levels deep. */
const DEEPEST = 32;
/** The members and elements of all objects and arrays: more than the largest request that is accepted. */
const MAX_VALUES = 32_768;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Checks a JSON text before it is parsed: that no object has a member twice (`JSON.parse` silently keeps the last one), that it nests no
 * deeper and holds no more values than any request. Takes one pass. Throws `REQUEST_INVALID`. Errors in the text itself are left to
 * `JSON.parse`.
 */
export function checkJson(json: string): void {
  /** For each object or array around the position: the names found so far. Arrays have none. */
  const around: Set<string>[] = [];
  let values = 0;
  const count = (): void => {
    values += 1;
    if (values > MAX_VALUES) throw invalidRequest(`The body holds more than ${MAX_VALUES} values.`);
  };
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charCodeAt(at);
    if (character === COMMA) count();
    else if (OPENING.has(character)) {
      if (around.length === DEEPEST) throw invalidRequest(`The body is nested more than ${DEEPEST} levels deep.`);
      count();
      around.push(new Set());
    } else if (CLOSING.has(character)) around.pop();
    else if (character === QUOTE) {
      const end = stringEnd(json, at);
      if (isName(json, end)) checkName(json.slice(at, end), around.at(-1));
      at = end - 1;
    }
  }
}

/** Adds a member's name, with its quotes, to those of its object. */
function checkName(quoted: string, names: Set<string> | undefined): void {
  let name: unknown;
  try {
    // Names are compared unescaped.
    name = JSON.parse(quoted);
  } catch {
    return;
  }
  if (typeof name !== 'string' || names === undefined) return;
  if (names.has(name)) throw invalidRequest(`The body has the member ${JSON.stringify(name)} twice in one object.`);
  names.add(name);
}

/** The position after the string that begins at a quote. */
function stringEnd(json: string, quote: number): number {
  for (let from = quote + 1; ; ) {
    const end = json.indexOf('"', from);
    if (end < 0) return json.length;
    let first = end;
    while (first > from && json.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    // An even number of backslashes escapes itself only.
    if ((end - first) % 2 === 0) return end + 1;
    from = end + 1;
  }
}

/** Whether the string that ends here is a member's name: a colon follows only names. */
function isName(json: string, end: number): boolean {
  let at = end;
  while (SPACES.has(json.charCodeAt(at))) at += 1;
  return json.charCodeAt(at) === COLON;
}
