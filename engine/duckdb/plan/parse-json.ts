import { FabricError } from '../../errors.ts';

/** A JSON value. Integers that a double cannot hold exactly are bigints. NaN and infinities are numbers. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Maximum nesting depth. DuckDB's own limits keep plans an order of magnitude below it. */
const MAX_DEPTH = 20_000;

const WHITESPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:Infinity|NaN|\d+(\.\d+)?([eE][+-]?\d+)?)/y;
/** The characters of a string up to its first escape or its end. Most strings have no escapes. */
const PLAIN_STRING = /[^"\\]*/y;
const WORDS: Readonly<Record<string, JsonValue>> = { true: true, false: false, null: null, nan: Number.NaN };
const WORD = /true|false|null|nan/y;

type Container =
  | { readonly kind: 'array'; readonly items: JsonValue[] }
  | { readonly kind: 'object'; readonly entries: Record<string, JsonValue>; key: string };

/**
 * Parses the JSON that DuckDB writes for plans. It may contain integers of any size and bare `NaN`, `Infinity` and `-Infinity`. Uses
 * constant stack space at any nesting depth. Throws `INTERNAL` with the position for invalid JSON.
 */
export function parseJson(text: string): JsonValue {
  const scanner = new Scanner(text);
  const open: Container[] = [];
  for (;;) {
    let value = scanner.begin();
    if (value === 'array' || value === 'object') {
      if (open.length >= MAX_DEPTH) throw scanner.failure(`nested deeper than ${MAX_DEPTH} levels`);
      const container: Container =
        value === 'array' ? { kind: 'array', items: [] } : { kind: 'object', entries: Object.create(null), key: '' };
      if (!scanner.take(value === 'array' ? ']' : '}')) {
        if (container.kind === 'object') container.key = scanner.key();
        open.push(container);
        continue;
      }
      value = { value: container.kind === 'array' ? container.items : container.entries };
    }
    let done = value.value;
    for (;;) {
      const parent = open.at(-1);
      if (parent === undefined) {
        scanner.end();
        return done;
      }
      if (parent.kind === 'array') parent.items.push(done);
      else parent.entries[parent.key] = done;
      if (scanner.take(',')) {
        if (parent.kind === 'object') parent.key = scanner.key();
        break;
      }
      scanner.expect(parent.kind === 'array' ? ']' : '}');
      done = parent.kind === 'array' ? parent.items : parent.entries;
      open.pop();
    }
  }
}

/** Reads tokens from a position in the text. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads the scalar at this position, or returns the kind of container that begins here. */
  begin(): { readonly value: JsonValue } | 'array' | 'object' {
    this.#skip();
    switch (this.#text[this.#at]) {
      case '{':
        this.#at += 1;
        return 'object';
      case '[':
        this.#at += 1;
        return 'array';
      case '"':
        return { value: this.#string() };
      default:
        return { value: this.#word() };
    }
  }

  key(): string {
    this.#skip();
    if (this.#text[this.#at] !== '"') throw this.failure('expected a key');
    const key = this.#string();
    this.expect(':');
    return key;
  }

  take(character: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  expect(character: string): void {
    if (!this.take(character)) throw this.failure(`expected ${character}`);
  }

  end(): void {
    this.#skip();
    if (this.#at !== this.#text.length) throw this.failure('expected the end of the text');
  }

  failure(why: string): FabricError {
    return new FabricError('INTERNAL', `DuckDB's plan is not valid JSON at character ${this.#at}: ${why}.`);
  }

  #skip(): void {
    const code = this.#text.charCodeAt(this.#at);
    if (code > 32) return;
    WHITESPACE.lastIndex = this.#at;
    WHITESPACE.exec(this.#text);
    this.#at = WHITESPACE.lastIndex;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }

  /** Reads a literal such as `null`, or a number. */
  #word(): JsonValue {
    const match = this.#match(WORD);
    return match === null ? this.#number() : (WORDS[match[0]] ?? null);
  }

  #number(): number | bigint {
    const match = this.#match(NUMBER);
    if (match === null) throw this.failure('expected a value');
    const value = Number(match[0]);
    const isInteger = match[1] === undefined && match[2] === undefined && Number.isFinite(value);
    return isInteger && !Number.isSafeInteger(value) ? BigInt(match[0]) : value;
  }

  /** Reads the string that begins at a quote. `JSON.parse` decodes strings with escapes. */
  #string(): string {
    const start = this.#at;
    this.#at += 1;
    this.#match(PLAIN_STRING);
    if (this.#text[this.#at] === '"') {
      this.#at += 1;
      return this.#text.slice(start + 1, this.#at - 1);
    }
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"') {
      this.#at += 2;
      this.#match(PLAIN_STRING);
    }
    if (this.#at >= this.#text.length) throw this.failure('a string is not terminated');
    this.#at += 1;
    try {
      const value: unknown = JSON.parse(this.#text.slice(start, this.#at));
      if (typeof value === 'string') return value;
    } catch {
      // The error is reported below with the position in the whole text.
    }
    throw this.failure('a string contains an unknown escape');
  }
}
