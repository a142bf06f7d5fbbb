import { type Token, tokens } from '../../coordinator/binder/sql/lexer.ts';
import { parseScript, type Statement } from '../../coordinator/binder/sql/statements.ts';
import { stripUnicodeSpaces } from '../../coordinator/binder/sql/unicode-spaces.ts';
import { foldName } from '../../engine/plan/fold-name.ts';

const isDefinition = (kind: string): boolean => kind === 'create-view' || kind === 'set';

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** A piece of a script: views and settings, then at most one statement that returns rows. */
export interface ScriptPart {
  readonly text: string;
  readonly returnsRows: boolean;
}

/**
 * Splits a script after each statement that returns rows. Each part is one job: all views and settings so far, then
 * that statement. Statements that ran in an earlier part are blanked out, so positions in a part match positions in the
 * script. Definitions after the last statement with rows form a separate part, so that they are checked too. Throws
 * `SYNTAX_ERROR`, `STATEMENT_NOT_ALLOWED` and `INVALID_QUERY`.
 */
export function scriptParts(script: string): readonly ScriptPart[] {
  const statements = parseScript(script);
  const parts: ScriptPart[] = [];
  let remaining = stripUnicodeSpaces(script);
  for (const [index, { statement, source }] of statements.entries()) {
    const end = source.offset + source.text.length;
    if (isDefinition(statement.kind)) {
      if (index === statements.length - 1) parts.push({ text: remaining.slice(0, end), returnsRows: false });
      continue;
    }
    parts.push({ text: remaining.slice(0, end), returnsRows: true });
    remaining = remaining.slice(0, source.offset) + blank(source.text) + remaining.slice(end);
  }
  return parts;
}

/** One statement of a script. */
export interface ScriptStatement {
  readonly statement: Statement;
  readonly text: string;
  /** The statement's text, padded with blanks so that positions match those in the script. */
  readonly positioned: string;
  /**
   * Every word, quoted name and string in the statement, folded. Includes the names of all tables that the statement
   * may read.
   */
  readonly names: ReadonlySet<string>;
}

/**
 * Splits a script into statements. A caller that already has the script's tokens passes them in `scriptTokens`. Throws
 * `SYNTAX_ERROR`, `STATEMENT_NOT_ALLOWED` and `INVALID_QUERY`.
 */
export function statementsOf(script: string, scriptTokens?: readonly Token[]): readonly ScriptStatement[] {
  return parseScript(script, scriptTokens).map(({ statement, source, tokens: own }) => ({
    statement,
    text: source.text,
    positioned: blank(script.slice(0, source.offset)) + source.text,
    names: new Set(own.filter(({ kind }) => kind !== 'symbol').map(({ text }) => foldName(text))),
  }));
}

/**
 * Returns the tokens of typed text if the text ends a statement: its last token is a semicolon, and no string or
 * comment is open. Otherwise returns `undefined`.
 */
export function completeTokens(typed: string): readonly Token[] | undefined {
  try {
    const found = tokens(stripUnicodeSpaces(typed));
    const last = found.at(-1);
    return last?.kind === 'symbol' && last.text === ';' ? found : undefined;
  } catch {
    return undefined;
  }
}
