import type { ErrorCode, ErrorDetails } from '../../../engine/errors.ts';
import type { WrittenFormat } from '../result/result-writer.ts';
import type { StoredResult } from '../result/stored-result.ts';

// The coordinator sends each `WriteRequest` over the IPC channel. The writer answers in frames on a separate pipe. A frame has a byte for
// its kind, the length of its content as a 32-bit little-endian number, and the content.

/** The file descriptor of the pipe in the writer process. */
export const ANSWER_FD = 3;

/** Requests the bytes of a result. A writer handles one request at a time. */
export interface WriteRequest {
  readonly result: StoredResult;
  readonly format: WrittenFormat;
}

/**
 * The kinds of frames. `end` follows the last bytes of a result and has no content. The content of `failed` is a `WriteFailure` as JSON.
 */
export const FRAME_KINDS = { bytes: 0, end: 1, failed: 2 } as const;

export interface WriteFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly details: ErrorDetails;
}

export const FRAME_HEAD_BYTES = 5;
/** The maximum size of a frame's content. Longer content is split into several frames. */
export const MAX_FRAME_BYTES = 256 << 10;
