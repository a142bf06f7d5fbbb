import { tokens } from '../../coordinator/binder/sql/lexer.ts';
import { parseScript, type Statement, splitStatements } from '../../coordinator/binder/sql/statements.ts';

const isDefinition = (kind: string): boolean => kind === 'create-view' || kind === 'set';

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** A piece of a script: views and settings, and behind them the statement that gives rows, if there is one. */
export interface ScriptPart {
  readonly text: string;
  readonly givesRows: boolean;
}

/**
 * Cuts a script at its statements that give rows, one job each: every part ends with one, behind all views and settings before it.
 * Positions in a part are positions in the script, since what must not run again is made blank. Definitions behind the last such
 * statement form a part of their own, so that they are checked too. Throws `SYNTAX_ERROR`, `STATEMENT_NOT_ALLOWED` and `INVALID_QUERY`.
 */
export function scriptParts(script: string): readonly ScriptPart[] {
  const sources = splitStatements(script);
  const parts: ScriptPart[] = [];
  let done = script;
  parseScript(script).forEach((statement, index) => {
    const source = sources[index];
    if (!source) return;
    const end = source.offset + source.text.length;
    const isLast = index === sources.length - 1;
    if (isDefinition(statement.kind)) {
      if (isLast) parts.push({ text: done.slice(0, end), givesRows: false });
      return;
    }
    parts.push({ text: done.slice(0, end), givesRows: true });
    done = done.slice(0, source.offset) + blank(source.text) + done.slice(end);
  });
  return parts;
}

/** A statement by itself. `positioned` is its text behind as much blank as stands before it, so that positions are those in the script. */
export interface LoneStatement {
  readonly statement: Statement;
  readonly text: string;
  readonly positioned: string;
}

/** The statements of a script one by one. Throws `SYNTAX_ERROR`, `STATEMENT_NOT_ALLOWED` and `INVALID_QUERY`. */
export function statementsOf(script: string): readonly LoneStatement[] {
  const sources = splitStatements(script);
  return parseScript(script).flatMap((statement, index) => {
    const source = sources[index];
    if (!source) return [];
    return [{ statement, text: source.text, positioned: blank(script.slice(0, source.offset)) + source.text }];
  });
}

/** Whether what was typed so far ends a statement: its last token is a semicolon, and no string or comment is open. */
export function isComplete(typed: string): boolean {
  try {
    const last = tokens(typed).at(-1);
    return last?.kind === 'symbol' && last.text === ';';
  } catch {
    return false;
  }
}
