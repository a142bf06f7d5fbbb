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
 * How our lexer differs from DuckDB's on a text; undefined if it does not. DuckDB gives no tokens from an error on, so ours may then refuse
 * the text or go on. Ours must not refuse a text that DuckDB cuts to its end.
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
    if (token === undefined) return `${where}: only DuckDB has one, at byte ${start}`;
    const at = Buffer.byteLength(text.slice(0, token.start));
    if (at !== start) return `${where} starts at byte ${start} for DuckDB and at byte ${at} for us`;
    if (KINDS[kind]?.includes(token.kind) !== true) return `${where} is ${kind} for DuckDB and ${token.kind} for us`;
  }
  const next = ours[judged.length];
  if (next !== undefined && !isInvalid(next)) return `token ${judged.length + 1}: only we have one, ${next.text}`;
  return undefined;
}

/** Whether DuckDB's lexer stops at a token: it accepts no empty quoted name, escapes of characters beyond ASCII, or endless operators. */
function isInvalid({ kind, text }: Token): boolean {
  return kind === 'quoted' ? text === '' : kind === 'string' || text.length >= 64;
}
