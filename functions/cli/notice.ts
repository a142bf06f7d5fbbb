import { visibleText } from '../../coordinator/front/result/terminal-text.ts';

/** Makes multi-line text safe for a terminal: text from SQL, data and paths must not control it. Keeps tabs. */
export function visibleLines(text: string): string {
  return text.replace(/[^\n\t]+/g, visibleText);
}

/** Writes errors, summaries and remarks to stderr: everything but the progress line. */
export function writeNotice(text: string): void {
  process.stderr.write(visibleLines(text));
}
