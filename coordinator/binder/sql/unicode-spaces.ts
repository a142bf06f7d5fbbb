/** Every character that DuckDB's parser may replace with a plain space. Each is one UTF-16 unit. */
const UNICODE_SPACES = /[\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]/;

const NO_BREAK_SPACE = [0xc2, 0xa0];
const [QUOTE, DOUBLE_QUOTE, DOLLAR, DASH, LINE_FEED, RETURN] = [0x27, 0x22, 0x24, 0x2d, 0x0a, 0x0d];

/**
 * Replaces Unicode spaces with plain spaces, exactly as DuckDB's parser does before it reads a text (`Parser::StripUnicodeSpaces`). DuckDB
 * skips quotes, dollar quotes and line comments, but not block comments or backslash escapes, and it ignores the last two bytes. The result
 * has the same length in UTF-16, and DuckDB reads it unchanged.
 */
export function stripUnicodeSpaces(text: string): string {
  if (!UNICODE_SPACES.test(text)) return text;
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  let kept = 0;
  for (const { start, end } of new SpaceScanner(bytes).spaces()) {
    parts.push(bytes.subarray(kept, start), Buffer.from(' '));
    kept = end;
  }
  parts.push(bytes.subarray(kept));
  return Buffer.concat(parts).toString();
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A copy of DuckDB's state machine over the bytes of a text. */
class SpaceScanner {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  spaces(): readonly Range[] {
    const found: Range[] = [];
    while (this.#at + 2 < this.#bytes.length) {
      const byte = this.#byte(0);
      const length = this.#spaceLength();
      if (length > 0) found.push({ start: this.#at, end: this.#at + length });
      if (byte === QUOTE || byte === DOUBLE_QUOTE) this.#skipQuoted(byte);
      else if (byte === DOLLAR && (this.#byte(1) === DOLLAR || isTagStart(this.#byte(1)))) this.#skipDollarQuoted();
      else if (byte === DASH && this.#byte(1) === DASH) this.#skipComment();
      else this.#at += 1;
    }
    return found;
  }

  #byte(offset: number): number {
    return this.#bytes[this.#at + offset] ?? 0;
  }

  #spaceLength(): number {
    const [first, second, third] = [this.#byte(0), this.#byte(1), this.#byte(2)];
    if (first === NO_BREAK_SPACE[0]) return second === NO_BREAK_SPACE[1] ? 2 : 0;
    if (first !== 0xe2 && first !== 0xe3 && first !== 0xef) return 0;
    return UNICODE_SPACES.test(Buffer.of(first, second, third).toString()) ? 3 : 0;
  }

  /** Moves past the closing quote, or to the end of the text if the quote is missing. */
  #skipQuoted(quote: number): void {
    for (this.#at += 1; this.#at + 1 < this.#bytes.length; this.#at += 1) {
      if (this.#byte(0) !== quote) continue;
      if (this.#byte(1) !== quote) {
        this.#at += 1;
        return;
      }
      this.#at += 1;
    }
    this.#at = this.#bytes.length;
  }

  /** Moves to the last `$` of the closing delimiter, as DuckDB does. A `$` that does not start a delimiter is an ordinary character. */
  #skipDollarQuoted(): void {
    this.#at += 1;
    const tagStart = this.#at;
    for (; ; this.#at += 1) {
      if (this.#at + 2 >= this.#bytes.length) return;
      if (this.#byte(0) === DOLLAR) break;
      if (!isTagByte(this.#byte(0))) return;
    }
    const close = Buffer.concat([Buffer.from('$'), this.#bytes.subarray(tagStart, this.#at), Buffer.from('$')]);
    const end = this.#bytes.indexOf(close, this.#at);
    this.#at = end < 0 || end + 2 >= this.#bytes.length ? this.#bytes.length : end + close.length - 1;
  }

  /** Moves to the end of the line. */
  #skipComment(): void {
    while (this.#at < this.#bytes.length && this.#byte(0) !== LINE_FEED && this.#byte(0) !== RETURN) this.#at += 1;
  }
}

function isTagStart(byte: number): boolean {
  return byte >= 0x80 || /[A-Za-z_]/.test(String.fromCharCode(byte));
}

function isTagByte(byte: number): boolean {
  return isTagStart(byte) || /[0-9]/.test(String.fromCharCode(byte));
}
