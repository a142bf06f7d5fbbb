import type { Readable } from 'node:stream';
import type { StoredResult } from './stored-result.ts';

/** The result formats that a coordinator offers its clients. */
export type WrittenFormat = 'json' | 'arrow' | 'ndjson' | 'csv';

/** Writes stored results in the formats that clients request. */
export interface ResultWriter {
  /**
   * Returns the bytes of a result. Resolves once the first rows have been read, so that most errors occur before a byte is sent. A later
   * error destroys the stream. To stop the work, destroy the stream or abort the signal. Rejects with the errors of reading and formatting,
   * with `CANCELLED` if the signal aborts, and with `THROTTLED` if too many results are being written.
   */
  write(result: StoredResult, format: WrittenFormat, signal: AbortSignal): Promise<Readable>;
}
