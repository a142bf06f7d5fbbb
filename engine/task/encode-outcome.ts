import { volley } from '../../proto/generated/volley.js';
import type { ErrorDetails } from '../errors.ts';
import { encodeIdentity } from '../plan/wire/encode-stages.ts';
import { longFromCount } from '../plan/wire/integers.ts';
import { toBytes } from '../plan/wire/message.ts';
import { encodeHeader } from '../plan/wire/version.ts';
import { encodeStoreRequests } from './encode-requests.ts';
import type { TaskOutcome, TaskOutput, TaskStatistics } from './task.ts';

/** Encodes an outcome message. */
export function encodeOutcome(outcome: TaskOutcome): Uint8Array {
  const encode = (value: TaskOutcome) => ({ header: encodeHeader(), ...encodeOutcomeMessage(value) });
  return toBytes(volley.TaskOutcome, encode, outcome, 'outcome');
}

/** Encodes an outcome without a header, for messages that contain an outcome. */
export function encodeOutcomeMessage(outcome: TaskOutcome): volley.TaskOutcome.$Properties {
  switch (outcome.kind) {
    case 'succeeded':
      return { succeeded: { output: encodeOutput(outcome.output), statistics: encodeStatistics(outcome.statistics) } };
    case 'failed': {
      const { code, message, retryable } = outcome;
      const requests = encodeStoreRequests(outcome.requests);
      return { failed: { code, message, retryable, details: encodeDetails(outcome.details), requests } };
    }
    case 'throttled':
      return { throttled: { unavailableReason: outcome.unavailableReason ?? null } };
    case 'timed-out':
      return { timedOut: { limit: outcome.limit ?? null, requests: encodeStoreRequests(outcome.requests) } };
    case 'lost':
      return { lost: { message: outcome.message } };
    default:
      return outcome satisfies never;
  }
}

function encodeOutput(output: TaskOutput): volley.TaskOutput.$Properties {
  const rows = longFromCount(output.rows);
  switch (output.kind) {
    case 'object': {
      const { key, identity, footer } = output;
      return { object: { key, identity: encodeIdentity(identity), rows, footer: footer ?? null } };
    }
    case 'inline':
      return { inline: { bytes: output.bytes, rows } };
    default:
      return output satisfies never;
  }
}

function encodeStatistics(statistics: TaskStatistics): volley.TaskStatistics.$Properties {
  return {
    rowsRead: longFromCount(statistics.rowsRead),
    rowsWritten: longFromCount(statistics.rowsWritten),
    inputBytes: longFromCount(statistics.inputBytes),
    shuffleBytesRead: longFromCount(statistics.shuffleBytesRead),
    shuffleRowsRead: longFromCount(statistics.shuffleRowsRead),
    bytesWritten: longFromCount(statistics.bytesWritten),
    cpuMs: statistics.cpuMs,
    wallMs: statistics.wallMs,
    requests: encodeStoreRequests(statistics.requests),
  };
}

/** Encodes the details of an error, in order. */
export function encodeDetails(details: ErrorDetails): volley.Detail.$Properties[] {
  return Object.entries(details).map(([name, value]) => {
    switch (typeof value) {
      case 'string':
        return { name, text: value };
      case 'number':
        return { name, number: value };
      case 'boolean':
        return { name, boolean: value };
      default:
        return { name, texts: { names: [...value] } };
    }
  });
}
