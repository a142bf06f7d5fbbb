import { foldName } from '../../../engine/plan/fold-name.ts';
import { decodeEscapes } from './string-escapes.ts';
import { syntaxError } from './syntax-error.ts';

/** A token of SQL, delimited as in DuckDB's lexer. Offsets are UTF-16 positions in the text. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol';
  /**
   * The folded form of a word, the value of a quoted name or string without quotes and escapes, or the original text of a number or symbol.
   */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

// The patterns match DuckDB's lexer (third_party/libpg_query/scan.l). That lexer works on bytes and treats every non-ASCII character as
// part of a name. DuckDB replaces Unicode spaces before it reads a text (see `stripUnicodeSpaces`).
const SPACE = /[ \t\n\r\f]/;
const LINE_END = /[\n\r]/g;
const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const PARAMETER = /[$?][0-9](?:_?[0-9])*/y;
const INTEGER = /[0-9](?:_?[0-9])*/y;
const EXPONENT = /[Ee][-+]?[0-9](?:_?[0-9])*/y;
const OPERATOR = /[~!@^&|`+\-*/%<>=]+/y;
const UNICODE_PREFIX = /^[uU]&['"]/;
const FIXED_SYMBOL = /::|\.\.|:=/y;
/** An operator of several characters may end in + or - only if it contains one of these characters. */
const NOT_IN_SQL_OPERATORS = /[~!@^&|`%]/;

/** Splits a text into tokens, without white space and comments. Throws `SYNTAX_ERROR` for an unterminated string, name or comment. */
export function tokens(text: string): readonly Token[] {
  const list: Token[] = [];
  for (let at = skipBlanks(text, 0); at < text.length; ) {
    const token = tokenAt(text, at);
    list.push(token);
    at = skipBlanks(text, token.end);
  }
  return list;
}

function tokenAt(text: string, at: number): Token {
  const character = text[at] ?? '';
  const prefix = text[at + 1] === "'" ? foldName(character) : '';
  if (character === "'") return stringToken(text, at, at, 'plain');
  if (prefix === 'e') return stringToken(text, at, at + 1, 'escapes');
  if (prefix === 'b' || prefix === 'x') return stringToken(text, at, at + 1, 'bits');
  if (character === '"') return quotedName(text, at, at);
  if (UNICODE_PREFIX.test(text.slice(at, at + 3))) {
    // DuckDB's parser rejects this prefix too.
    throw syntaxError('unsupported U& prefix (write the characters without escapes instead)', text, at);
  }
  return (
    dollarString(text, at) ??
    matched('word', WORD, text, at) ??
    numberToken(text, at) ??
    matched('symbol', PARAMETER, text, at) ??
    operatorToken(text, at) ??
    matched('symbol', FIXED_SYMBOL, text, at) ?? { kind: 'symbol', text: character, start: at, end: at + 1 }
  );
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  for (;;) {
    if (SPACE.test(text[at] ?? '')) at += 1;
    else if (text.startsWith('--', at)) at = lineEnd(text, at);
    else if (text.startsWith('/*', at)) at = blockCommentEnd(text, at);
    else return at;
  }
}

/** Returns the position of the line feed or carriage return that ends the line. */
function lineEnd(text: string, at: number): number {
  LINE_END.lastIndex = at;
  return LINE_END.exec(text)?.index ?? text.length;
}

/** Returns the position after a block comment. Block comments nest, as in PostgreSQL. */
function blockCommentEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith('/*', at)) {
      depth += 1;
      at += 1;
    } else if (text.startsWith('*/', at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  throw syntaxError('unterminated comment', text, start);
}

/** The escapes that a string may contain. `plain` allows doubled quotes. `escapes` also allows backslash escapes. `bits` allows neither. */
type StringKind = 'plain' | 'escapes' | 'bits';

function stringToken(text: string, start: number, open: number, kind: StringKind): Token {
  // DuckDB converts a bit string to text that starts with its prefix.
  const parts: string[] = kind === 'bits' ? [foldName(text[start] ?? '')] : [];
  let from = open + 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (kind === 'escapes' && character === '\\') {
      at += 1;
      continue;
    }
    if (character !== "'") continue;
    parts.push(text.slice(from, at));
    if (kind !== 'bits' && text[at + 1] === "'") parts.push("'");
    const next = kind !== 'bits' && text[at + 1] === "'" ? at + 2 : continuedString(text, at + 1);
    if (next === undefined) {
      const value = kind === 'escapes' ? parts.map(decodeEscapes).join('') : parts.join('');
      return { kind: 'string', text: value, start, end: at + 1 };
    }
    from = next;
    at = next - 1;
  }
  throw syntaxError('unterminated string', text, start);
}

/**
 * Returns the position after the next opening quote if a string continues there, or `undefined` if the string has ended. A string continues
 * if only white space and comments, with at least one line break, precede the next quote.
 */
function continuedString(text: string, start: number): number | undefined {
  let at = start;
  let isNewLine = false;
  for (;;) {
    const character = text[at] ?? '';
    if (character === "'") return isNewLine ? at + 1 : undefined;
    if (text.startsWith('--', at)) at = lineEnd(text, at);
    else if (SPACE.test(character)) {
      isNewLine ||= character === '\n' || character === '\r';
      at += 1;
    } else return undefined;
  }
}

function quotedName(text: string, start: number, open: number): Token {
  for (let close = text.indexOf('"', open + 1); close >= 0; close = text.indexOf('"', close + 2)) {
    if (text[close + 1] === '"') continue;
    return { kind: 'quoted', text: text.slice(open + 1, close).replaceAll('""', '"'), start, end: close + 1 };
  }
  throw syntaxError('unterminated quoted name (add the closing quote)', text, start);
}

function dollarString(text: string, at: number): Token | undefined {
  const tag = text[at] === '$' ? match(DOLLAR_TAG, text, at) : undefined;
  if (tag === undefined) return undefined;
  const close = text.indexOf(tag, at + tag.length);
  if (close < 0) throw syntaxError('unterminated string', text, at);
  return { kind: 'string', text: text.slice(at + tag.length, close), start: at, end: close + tag.length };
}

/** Reads a number. `1..2` is split into `1`, `..` and `2`. An `e` without digits starts the next token. */
function numberToken(text: string, at: number): Token | undefined {
  const whole = match(INTEGER, text, at)?.length ?? 0;
  let end = at + whole;
  if (text[end] === '.' && !(whole > 0 && text[end + 1] === '.')) {
    const fraction = match(INTEGER, text, end + 1)?.length ?? 0;
    if (whole + fraction > 0) end += 1 + fraction;
  }
  if (end === at) return undefined;
  end += match(EXPONENT, text, end)?.length ?? 0;
  return { kind: 'number', text: text.slice(at, end), start: at, end };
}

/**
 * Reads an operator, which ends before a comment. An operator of several characters may end in + or - only if it contains a character
 * that no operator of standard SQL contains.
 */
function operatorToken(text: string, at: number): Token | undefined {
  const characters = match(OPERATOR, text, at);
  if (characters === undefined) return undefined;
  const comment = characters.search(/--|\/\*/);
  let operator = comment < 0 ? characters : characters.slice(0, comment);
  while (operator.length > 1 && /[-+]$/.test(operator) && !NOT_IN_SQL_OPERATORS.test(operator.slice(0, -1))) {
    operator = operator.slice(0, -1);
  }
  return { kind: 'symbol', text: operator, start: at, end: at + operator.length };
}

function matched(kind: 'word' | 'number' | 'symbol', pattern: RegExp, text: string, at: number): Token | undefined {
  const found = match(pattern, text, at);
  if (found === undefined) return undefined;
  return { kind, text: kind === 'word' ? foldName(found) : found, start: at, end: at + found.length };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
