import { tokens } from '../../coordinator/catalog/lexer.ts';
import { parseScript, splitStatements } from '../../coordinator/catalog/statements.ts';

const isDefinition = (kind: string): boolean => kind === 'create-view' || kind === 'set';

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/**
 * Cuts a script at its statements that give rows, one job each: every part ends with one, behind all views and settings before it.
 * Positions in a part are positions in the script, since what must not run again is made blank. Definitions behind the last such
 * statement form a part of their own, so that they are checked too. Throws `SYNTAX_ERROR`, `STATEMENT_NOT_ALLOWED` and `INVALID_QUERY`.
 */
export function scriptParts(script: string): readonly string[] {
  const sources = splitStatements(script);
  const parts: string[] = [];
  let done = script;
  parseScript(script).forEach((statement, index) => {
    const source = sources[index];
    if (!source) return;
    const end = source.offset + source.text.length;
    const isLast = index === sources.length - 1;
    if (isDefinition(statement.kind)) {
      if (isLast) parts.push(done.slice(0, end));
      return;
    }
    parts.push(done.slice(0, end));
    done = done.slice(0, source.offset) + blank(source.text) + done.slice(end);
  });
  return parts;
}

/** The views and settings of a script, to be put before what is typed next. */
export function definitionsOf(script: string): string {
  const sources = splitStatements(script);
  return parseScript(script)
    .flatMap((statement, index) => (isDefinition(statement.kind) ? [`${sources[index]?.text ?? ''};\n`] : []))
    .join('');
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
