import { FabricError } from '../../../engine/errors.ts';

/** Returns a `SYNTAX_ERROR` with the line and column of a position (both from 1), followed by that line with a caret under the position. */
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

/** Returns the line with a caret under the position. A long line is shortened to the text around the position. */
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
