import { visibleText } from '../../coordinator/front/result/display-width.ts';

/** Escapes control characters except line breaks and tabs: text from SQL, data and paths must not control the terminal. */
export function visibleLines(text: string): string {
  return text.replace(/[^\n\t]+/g, visibleText);
}

/** Writes to stderr everything but the progress line: errors, summaries, notices. */
export function writeNotice(text: string): void {
  process.stderr.write(visibleLines(text));
}
