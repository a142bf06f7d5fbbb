/** The maximum nesting depth, which limits the memory that `checkJson` uses. Valid requests nest only a few levels deep. */
const DEEPEST = 32;
/** The maximum total number of object members and array elements. Valid requests have far fewer. */
const MAX_VALUES = 32_768;

export const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
export const OPENING = new Set([0x5b, 0x7b]);
export const CLOSING = new Set([0x5d, 0x7d]);
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Checks a JSON text before it is parsed. Throws the error that `refuse` makes if an object has a member twice (`JSON.parse` would silently
 * keep the last one), if the nesting is too deep, or if there are too many values. `document` is the subject of the messages, such as
 * "body". Ignores syntax errors, which `JSON.parse` reports. Takes one pass.
 */
export function checkJson(json: string, document: string, refuse: (message: string) => Error): void {
  /** The member names found so far in each enclosing object. The entry of an enclosing array stays empty. */
  const around: Set<string>[] = [];
  let values = 0;
  const count = (): void => {
    values += 1;
    if (values > MAX_VALUES) throw refuse(`The ${document} has more than ${MAX_VALUES} values. Put data into files.`);
  };
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charCodeAt(at);
    if (character === COMMA) count();
    else if (OPENING.has(character)) {
      if (around.length === DEEPEST) throw refuse(`The ${document} is nested more than ${DEEPEST} levels deep.`);
      count();
      around.push(new Set());
    } else if (CLOSING.has(character)) around.pop();
    else if (character === QUOTE) {
      const end = stringEnd(json, at);
      const repeated = isName(json, end) ? addName(json.slice(at, end), around.at(-1)) : undefined;
      if (repeated !== undefined)
        throw refuse(`An object in the ${document} has the member ${JSON.stringify(repeated)} twice.`);
      at = end - 1;
    }
  }
}

/** Adds a member's name, given with its quotes, to the names of its object. Returns the name if the object already has it. */
function addName(quoted: string, names: Set<string> | undefined): string | undefined {
  let name: unknown;
  try {
    // Compare names without their escape sequences.
    name = JSON.parse(quoted);
  } catch {
    return undefined;
  }
  if (typeof name !== 'string' || names === undefined) return undefined;
  if (names.has(name)) return name;
  names.add(name);
  return undefined;
}

/** Returns the position after the string whose opening quote is at `quote`, or the length of the text if the string has no end. */
export function stringEnd(json: string, quote: number): number {
  for (let from = quote + 1; ; ) {
    const end = json.indexOf('"', from);
    if (end < 0) return json.length;
    let first = end;
    while (first > from && json.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    // After an even number of backslashes, the quote is not escaped.
    if ((end - first) % 2 === 0) return end + 1;
    from = end + 1;
  }
}

/** Whether the string that ends at `end` is a member's name. In JSON, a colon follows only names. */
function isName(json: string, end: number): boolean {
  let at = end;
  while (SPACES.has(json.charCodeAt(at))) at += 1;
  return json.charCodeAt(at) === COLON;
}
