import type { ObjectStore } from '../../../engine/store/object-store.ts';
import { formatResult } from './format.ts';
import { formatJsonTable } from './json.ts';
import type { WrittenFormat } from './result-writer.ts';
import { resultOfParts, type StoredResult } from './stored-result.ts';

/**
 * The bytes of a stored result in a format, in chunks. The first chunk comes only once the first rows have been read: until then the
 * generator throws errors that a client can still be told.
 */
export async function* writeStored(
  { parts, columns, timeZone }: StoredResult,
  format: WrittenFormat,
  store: ObjectStore,
): AsyncGenerator<string | Uint8Array> {
  const result = resultOfParts(parts, columns, timeZone, store);
  const chunks = format === 'json' ? formatJsonTable(result) : formatResult(result, format);
  // The first chunk holds the columns only; the second proves that rows can be read.
  const held = [await chunks.next(), await chunks.next()];
  for (const chunk of held) if (chunk.done !== true) yield chunk.value;
  yield* chunks;
}
