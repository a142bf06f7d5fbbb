import { decodeDetails, decodeErrorCode, encodeDetails, encodeOutcomeMessage } from '../../engine/execute/wire.ts';
import { tooNew } from '../../engine/plan/wire/faults.ts';
import type { volley } from '../../proto/generated/volley.js';
import type { JobEnd, JournaledOutcome } from '../scheduler/records.ts';

/** How an attempt ended. Leaves out an object's footer, which the type of an outcome cannot keep away. */
export function encodeJournaledOutcome(outcome: JournaledOutcome): volley.TaskOutcome.$Properties {
  if (outcome.kind !== 'succeeded' || outcome.output.kind !== 'object') return encodeOutcomeMessage(outcome);
  const { key, identity, rows } = outcome.output;
  return encodeOutcomeMessage({ ...outcome, output: { kind: 'object', key, identity, rows } });
}

/** How a job ended. */
export function encodeEnd(end: JobEnd): volley.JobEnded.$Properties {
  switch (end.kind) {
    case 'succeeded':
      return { succeeded: {} };
    case 'failed': {
      const { code, message, details } = end.error;
      return { failed: { code, message, details: encodeDetails(details) } };
    }
    case 'cancelled':
      return { cancelled: { by: end.by } };
    default:
      return end satisfies never;
  }
}

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
