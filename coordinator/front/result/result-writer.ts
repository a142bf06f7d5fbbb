import type { Readable } from 'node:stream';
import type { StoredResult } from './stored-result.ts';

/** The formats that results are written in for clients of a coordinator. */
export type WrittenFormat = 'json' | 'arrow' | 'ndjson' | 'csv';

/** Writes stored results in the formats of clients. */
export interface ResultWriter {
  /**
   * The bytes of a result. Resolves once the first rows have been read, so that most errors show before a byte is sent; a later one
   * destroys the stream. Destroying the stream, or aborting the signal, stops the work. Rejects as reading and formatting do, with
   * `CANCELLED` if the signal aborts, and with `THROTTLED` if too many results are being written.
   */
  write(result: StoredResult, format: WrittenFormat, signal: AbortSignal): Promise<Readable>;
}
