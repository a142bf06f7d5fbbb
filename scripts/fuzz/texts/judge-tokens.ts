import { type Token, tokens } from '../../../coordinator/binder/sql/lexer.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { JudgedToken } from './tokenizer.ts';

const KINDS: Readonly<Record<string, readonly Token['kind'][]>> = {
  identifier: ['word', 'quoted'],
  keyword: ['word', 'symbol'],
  numeric_const: ['number'],
  string_const: ['string'],
  operator: ['symbol'],
};

/**
 * Describes how Volley's lexer differs from DuckDB's on a text, or returns `undefined` if they agree. DuckDB returns no
 * tokens after an error, so Volley's lexer may reject the text or continue from there.
 */
export function tokenDifference(text: string, judged: readonly JudgedToken[]): string | undefined {
  let ours: readonly Token[];
  try {
    ours = tokens(text);
  } catch (error) {
    if (error instanceof FabricError && error.code === 'SYNTAX_ERROR') return undefined;
    throw error;
  }
  for (const [index, [start, kind]] of judged.entries()) {
    const token = ours[index];
    const where = `token ${index + 1}`;
    if (token === undefined) return `${where}: only DuckDB has a token, at byte ${start}`;
    const at = Buffer.byteLength(text.slice(0, token.start));
    if (at !== start) return `${where} starts at byte ${start} in DuckDB and at byte ${at} in Volley`;
    if (KINDS[kind]?.includes(token.kind) !== true) return `${where} is ${kind} in DuckDB and ${token.kind} in Volley`;
  }
  const next = ours[judged.length];
  if (next !== undefined && !isInvalid(next))
    return `token ${judged.length + 1}: only Volley has a token, ${next.text}`;
  return undefined;
}

/**
 * Returns whether DuckDB's lexer may stop at a token. It rejects empty quoted names, escapes of non-ASCII characters,
 * and very long operators.
 */
function isInvalid({ kind, text }: Token): boolean {
  return kind === 'quoted' ? text === '' : kind === 'string' || text.length >= 64;
}
