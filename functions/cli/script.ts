import { parseScript, splitStatements } from '../../coordinator/catalog/statements.ts';

/** A part of a script that gives rows once: the statement that does, with every view and setting before it. */
export interface ScriptPart {
  /** Positions in it are positions in the whole script: what must not run again is blank. */
  readonly text: string;
}

const isDefinition = (kind: string): boolean => kind === 'create-view' || kind === 'set';

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/**
 * Cuts a script at its statements that give rows, one job each. Definitions behind the last of them form a part of their own, so
 * that they are checked too. Throws `SYNTAX_ERROR`, `STATEMENT_NOT_ALLOWED` and `INVALID_QUERY`.
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
      if (isLast) parts.push({ text: done.slice(0, end) });
      return;
    }
    parts.push({ text: done.slice(0, end) });
    done = done.slice(0, source.offset) + blank(source.text) + done.slice(end);
    // Its semicolon stays, which would end an empty statement: fine.
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
