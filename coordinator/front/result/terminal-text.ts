/** The number of terminal cells that a line of visible text takes. */
export type TextWidth = (text: string) => number;

/** Printable ASCII and Latin letters, and the `…` of a cut text: one cell each, never combined. */
const SINGLE_CELLS = /^[\x20-\x7e\xa0-\xac\xae-\u02ff…]*$/;

const lengthOf: TextWidth = (text) => text.length;

let graphemes: Intl.Segmenter | undefined;

/**
 * Measures these texts, including cut ones. `string-width` is loaded only if a text needs it, since loading it takes longer than showing a
 * short result.
 */
export async function textWidth(texts: readonly string[]): Promise<TextWidth> {
  if (texts.every((text) => SINGLE_CELLS.test(text))) return lengthOf;
  return (await import('string-width')).default;
}

/** Cuts a line of visible text to at most `cells`. A text that was cut ends in `…`. */
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

/** Makes text from data safe for a terminal: escapes control characters and bidirectional overrides, which could rewrite the screen. */
export function visibleText(text: string): string {
  if (isPrintableAscii(text)) return text;
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose.
    /[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g,
    (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
