import type { ErrorCode, ErrorDetails } from '../../../engine/errors.ts';
import type { WrittenFormat } from '../result/result-writer.ts';
import type { StoredResult } from '../result/stored-result.ts';

// A coordinator sends a `WriteRequest` over the process's channel. The writer answers on a pipe of its own, in frames: a byte for the kind,
// the length of the content as a 32-bit little-endian number, and the content.

/** The descriptor of the pipe in the writer. */
export const ANSWER_FD = 3;

/** Asks a writer for the bytes of a result. It writes one at a time. */
export interface WriteRequest {
  readonly result: StoredResult;
  readonly format: WrittenFormat;
}

/** `end` follows the last bytes of a result and has no content. `failed` has a `WriteFailure` as JSON. */
export const FRAME_KINDS = { bytes: 0, end: 1, failed: 2 } as const;

export interface WriteFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly details: ErrorDetails;
}

export const FRAME_HEAD_BYTES = 5;
/** Longer content is cut into several frames. */
export const MAX_FRAME_BYTES = 256 << 10;
