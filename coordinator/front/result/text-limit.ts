import { constants } from 'node:buffer';
import { FabricError } from '../../../engine/errors.ts';

/** The lengths of the parts in which a long text is written and replaced. */
const SLICE_CHARACTERS = 1 << 20;
const REPLACED_CHARACTERS = 1 << 16;

class TextTooLong extends Error {}

/** Throws if a text of `length` characters would exceed the maximum length of a JavaScript string. */
export function checkTextLength(length: number): void {
  if (length > constants.MAX_STRING_LENGTH) throw new TextTooLong(`A text has ${length} characters.`);
}

/** Returns whether an error means that a text exceeds the maximum length of a JavaScript string. */
export function isStringTooLong(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof TextTooLong) return true;
  if ('code' in error && error.code === 'ERR_STRING_TOO_LONG') return true;
  return error instanceof RangeError && error.message === 'Invalid string length';
}

/** The error for a value whose text is too long. `column` is absent if the column is unknown. */
export function valueTooLong(cause: unknown, column?: string): FabricError {
  const where = column === undefined ? 'the result' : `column "${column}"`;
  const message = `A value in ${where} exceeds 512 MiB as text. Use the format arrow, or select shorter values.`;
  return new FabricError('OUTPUT_FAILED', message, { cause, details: column === undefined ? {} : { column } });
}

/** Passes text on. Throws `OUTPUT_FAILED` if a text exceeds the maximum length of a string. */
export async function* withinTextLimit<Chunk>(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  try {
    yield* chunks;
  } catch (error) {
    throw isStringTooLong(error) ? valueTooLong(error) : error;
  }
}

/** Splits a text without separating the halves of a surrogate pair, or a CR from the LF that follows it. */
export function* slices(text: string, characters = SLICE_CHARACTERS): Generator<string> {
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + characters);
    if (end < text.length && mayBeginPair(text.charCodeAt(end - 1))) end -= 1;
    yield text.slice(at, end);
    at = end;
  }
}

/** Returns whether a code unit may form a pair with the next one: a CR before an LF, or the first half of a surrogate pair. */
function mayBeginPair(unit: number): boolean {
  return unit === 0x0d || (unit >= 0xd800 && unit <= 0xdbff);
}

/**
 * Replaces text that matches `pattern`. Processes a long text in slices, because the result of a replacement takes 32 bytes per match until
 * it is copied. A match must not extend over two slices.
 */
export function replaceInSlices(text: string, pattern: RegExp, replacement: string): string {
  if (text.length <= REPLACED_CHARACTERS) return text.replace(pattern, replacement);
  return Array.from(slices(text, REPLACED_CHARACTERS), (slice) =>
    slice.search(pattern) < 0 ? slice : Buffer.from(slice.replace(pattern, replacement)).toString(),
  ).join('');
}
