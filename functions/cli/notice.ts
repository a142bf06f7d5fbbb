import { visibleText } from '../../coordinator/front/result/terminal-text.ts';

/** Text of several lines made safe to show: what comes from SQL, data and paths must not steer the terminal. Tabs stay. */
export function visibleLines(text: string): string {
  return text.replace(/[^\n\t]+/g, visibleText);
}

/** The one way to stderr for whatever is no progress line: errors, summaries, remarks. */
export function writeNotice(text: string): void {
  process.stderr.write(visibleLines(text));
}
