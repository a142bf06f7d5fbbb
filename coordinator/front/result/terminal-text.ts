/** Returns the number of terminal cells that a line of visible text occupies. */
export type TextWidth = (text: string) => number;

/** Matches text of printable ASCII, Latin letters and `…`. Each of these characters occupies one cell and never combines with others. */
const SINGLE_CELLS = /^[\x20-\x7e\xa0-\xac\xae-\u02ff…]*$/;

const lengthOf: TextWidth = (text) => text.length;

let graphemes: Intl.Segmenter | undefined;

/**
 * Returns a function that measures these texts and their truncated forms. Loads `string-width` only if a text requires it, because loading
 * takes longer than showing a short result.
 */
export async function textWidth(texts: readonly string[]): Promise<TextWidth> {
  if (texts.every((text) => SINGLE_CELLS.test(text))) return lengthOf;
  return (await import('string-width')).default;
}

/** Truncates a line of visible text to at most `cells` terminal cells. A truncated text ends with `…`. */
export function truncateToWidth(text: string, cells: number, widthOf: TextWidth): string {
  if (widthOf(text) <= cells) return text;
  if (SINGLE_CELLS.test(text)) return `${text.slice(0, cells - 1)}…`;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = used + widthOf(segment);
    if (next > cells - 1) break;
    kept += segment;
    used = next;
  }
  return `${kept}…`;
}

const isPrintableAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

/** Escapes the control characters and bidirectional overrides in a text, because they could rewrite the terminal screen. */
export function visibleText(text: string): string {
  if (isPrintableAscii(text)) return text;
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose.
    /[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g,
    (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
