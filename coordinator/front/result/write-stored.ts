import type { ObjectStore } from '../../../engine/store/object-store.ts';
import { formatResult } from './format.ts';
import { formatJsonTable } from './json.ts';
import type { WrittenFormat } from './result-writer.ts';
import { resultOfParts, type StoredResult } from './stored-result.ts';
import { withinTextLimit } from './text-limit.ts';

/**
 * Writes a stored result in a format, in chunks. Yields the first chunk only once the first rows have been read. An error before that can
 * still be reported to the client.
 */
export async function* writeStored(
  { parts, columns, timeZone }: StoredResult,
  format: WrittenFormat,
  store: ObjectStore,
): AsyncGenerator<string | Uint8Array> {
  const result = resultOfParts(parts, columns, timeZone, store);
  const chunks = format === 'json' ? withinTextLimit(formatJsonTable(result)) : formatResult(result, format);
  // The first chunk contains only the columns. The second shows that rows can be read.
  const held = [await chunks.next(), await chunks.next()];
  for (const chunk of held) if (chunk.done !== true) yield chunk.value;
  yield* chunks;
}
