import { tooNew } from '../../engine/plan/wire/faults.ts';
import { decodeDetails, decodeErrorCode } from '../../engine/task/decode-outcome.ts';
import type { volley } from '../../proto/generated/volley.js';
import type { JobEnd } from '../scheduler/job.ts';

/** Reads `encodeEnd`. */
export function decodeEnd(end: volley.JobEnded.$Shape): JobEnd {
  switch (end.kind) {
    case 'succeeded':
      return { kind: 'succeeded' };
    case 'failed': {
      const { code, message, details } = end.failed;
      const error = { code: decodeErrorCode(code), message: message ?? '', details: decodeDetails(details) };
      return { kind: 'failed', error };
    }
    case 'cancelled':
      return { kind: 'cancelled', by: end.cancelled.by ?? '' };
    case undefined:
      throw tooNew('an end of an unknown kind');
    default:
      return end satisfies never;
  }
}
