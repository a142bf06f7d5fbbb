import { encodeDetails, encodeOutcomeMessage } from '../../engine/task/encode-outcome.ts';
import type { volley } from '../../proto/generated/volley.js';
import type { JobEnd, JournaledOutcome } from '../scheduler/job.ts';

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

/** How an attempt ended. Leaves out an object's footer, which the type of an outcome cannot keep away. */
export function encodeJournaledOutcome(outcome: JournaledOutcome): volley.TaskOutcome.$Properties {
  if (outcome.kind !== 'succeeded' || outcome.output.kind !== 'object') return encodeOutcomeMessage(outcome);
  const { key, identity, rows } = outcome.output;
  return encodeOutcomeMessage({ ...outcome, output: { kind: 'object', key, identity, rows } });
}
