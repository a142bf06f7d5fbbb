import { FabricError } from '../../../engine/errors.ts';

/** A token of SQL, detailed enough to split scripts and read the heads of statements. Offsets are UTF-16 positions in the text. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'symbol';
  /** Words are in lower case, quoted identifiers and strings have no quotes, and symbols are one character each. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const WORD_START = /[A-Za-z_\u0080-\uffff]/;
const WORD = /[A-Za-z0-9_$\u0080-\uffff]+/y;
const NUMBER = /[0-9](?:[0-9_.]|[eE][+-]?(?=[0-9])|[A-Za-z])*/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;

/** The tokens of a text, without white space and comments. Throws `SYNTAX_ERROR` for an unterminated string, name or comment. */
export function tokens(text: string): readonly Token[] {
  const list: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    const skipped = skipBlank(text, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const token = stringToken(text, at) ??
      wordToken(text, at) ?? { kind: 'symbol', text: character, start: at, end: at + 1 };
    list.push(token);
    at = token.end;
  }
  return list;
}

function skipBlank(text: string, at: number): number {
  if (/\s/.test(text[at] ?? '')) return at + 1;
  if (text.startsWith('--', at)) {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end + 1;
  }
  return text.startsWith('/*', at) ? blockCommentEnd(text, at) : at;
}

/** Block comments nest, as in PostgreSQL. */
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
  throw unterminated(text, start, 'comment');
}

function stringToken(text: string, at: number): Token | undefined {
  const character = text[at];
  if (character === "'") return quotedToken(text, at, at, 'string', false);
  if (character === '"') return quotedToken(text, at, at, 'quoted', false);
  if ((character === 'e' || character === 'E') && text[at + 1] === "'")
    return quotedToken(text, at, at + 1, 'string', true);
  if (character !== '$') return undefined;
  const tag = match(DOLLAR_TAG, text, at);
  if (tag === undefined) return undefined;
  const close = text.indexOf(tag, at + tag.length);
  if (close < 0) throw unterminated(text, at, 'string');
  return { kind: 'string', text: text.slice(at + tag.length, close), start: at, end: close + tag.length };
}

function quotedToken(text: string, start: number, open: number, kind: 'string' | 'quoted', escapes: boolean): Token {
  const quote = text[open] ?? '';
  let value = '';
  for (let at = open + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (escapes && character === '\\') {
      value += character + (text[at + 1] ?? '');
      at += 1;
    } else if (character !== quote) value += character;
    else if (text[at + 1] === quote) {
      value += quote;
      at += 1;
    } else return { kind, text: value, start, end: at + 1 };
  }
  throw unterminated(text, start, kind === 'string' ? 'string' : 'quoted name');
}

function wordToken(text: string, at: number): Token | undefined {
  const character = text[at] ?? '';
  const isNumber = /[0-9]/.test(character);
  if (!isNumber && !WORD_START.test(character)) return undefined;
  const word = match(isNumber ? NUMBER : WORD, text, at) ?? character;
  return { kind: 'word', text: word.toLowerCase(), start: at, end: at + word.length };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function unterminated(text: string, at: number, what: string): FabricError {
  return syntaxError(`unterminated ${what}`, text, at);
}

/** A `SYNTAX_ERROR` with the line and column (from 1) of a position, and that line with a caret below it. */
export function syntaxError(message: string, text: string, position: number): FabricError {
  const lineStart = text.lastIndexOf('\n', position - 1) + 1;
  const nextLine = text.indexOf('\n', position);
  const line = text.slice(0, lineStart).split('\n').length;
  const column = [...text.slice(lineStart, position)].length + 1;
  const lineText = text.slice(lineStart, nextLine < 0 ? text.length : nextLine).trimEnd();
  return new FabricError(
    'SYNTAX_ERROR',
    `${message} at line ${line}, column ${column}:\n${excerpt(lineText, position - lineStart)}`,
    {
      details: { line, column, position },
    },
  );
}

const EXCERPT_CHARACTERS = 100;

/** The line with a caret under the position. A long line is cut around the position. */
function excerpt(line: string, position: number): string {
  const start = Math.max(0, Math.min(position - EXCERPT_CHARACTERS / 2, line.length - EXCERPT_CHARACTERS));
  const shown = line.slice(start, start + EXCERPT_CHARACTERS);
  const before = start > 0 ? '...' : '';
  const after = start + EXCERPT_CHARACTERS < line.length ? '...' : '';
  const indent = [...(before + shown.slice(0, position - start))]
    .map((character) => (character === '\t' ? '\t' : ' '))
    .join('');
  return `${before}${shown}${after}\n${indent}^`;
}
