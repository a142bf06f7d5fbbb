import { volley } from '../../proto/generated/volley.js';
import { type ErrorCode, type ErrorDetails, errorCodes } from '../errors.ts';
import { decodeCount, decodeIdentity } from '../plan/wire/decode-stages.ts';
import { required, tooNew } from '../plan/wire/faults.ts';
import { fromBytes } from '../plan/wire/message.ts';
import { checkHeader } from '../plan/wire/version.ts';
import { NO_STORE_REQUESTS } from '../store/request-counts.ts';
import { decodeStoreRequests } from './decode-requests.ts';
import type { TaskOutcome, TaskOutput, TaskStatistics } from './task.ts';

/** Decodes the result of `encodeOutcome`. Throws `MESSAGE_INVALID` or `VERSION_SKEW` for any other bytes. */
export function decodeOutcome(bytes: Uint8Array): TaskOutcome {
  const decode = (message: volley.TaskOutcome.$Shape) => {
    checkHeader(message.header, 'any');
    return decodeOutcomeMessage(message);
  };
  return fromBytes(volley.TaskOutcome, decode, bytes, 'outcome');
}

/** Decodes the result of `encodeOutcomeMessage`. */
export function decodeOutcomeMessage(message: volley.TaskOutcome.$Shape | null | undefined): TaskOutcome {
  const outcome = required(message, 'an outcome');
  switch (outcome.kind) {
    case 'succeeded': {
      const { output, statistics } = outcome.succeeded;
      return { kind: 'succeeded', output: decodeOutput(output), statistics: decodeStatistics(statistics) };
    }
    case 'failed': {
      const { code, message: text, retryable, details } = outcome.failed;
      const requests = decodeStoreRequests(outcome.failed.requests);
      return {
        kind: 'failed',
        code: decodeErrorCode(code),
        message: text ?? '',
        retryable: retryable ?? false,
        details: decodeDetails(details),
        ...(requests === undefined ? {} : { requests }),
      };
    }
    case 'throttled': {
      const { unavailableReason } = outcome.throttled;
      return { kind: 'throttled', ...(unavailableReason == null ? {} : { unavailableReason }) };
    }
    case 'timedOut': {
      const { limit, requests: asked } = outcome.timedOut;
      const requests = decodeStoreRequests(asked);
      return {
        kind: 'timed-out',
        ...(typeof limit === 'string' ? { limit } : {}),
        ...(requests === undefined ? {} : { requests }),
      };
    }
    case 'lost':
      return { kind: 'lost', message: outcome.lost.message ?? '' };
    case undefined:
      throw tooNew('an outcome of an unknown kind');
    default:
      return outcome satisfies never;
  }
}

function decodeOutput(message: volley.TaskOutput.$Shape | null | undefined): TaskOutput {
  const output = required(message, 'the output of a task');
  switch (output.kind) {
    case 'object': {
      const { key, identity, footer } = output.object;
      const rows = decodeCount(output.object.rows, 'a number of rows');
      return {
        kind: 'object',
        key: key ?? '',
        identity: decodeIdentity(identity),
        rows,
        ...(footer ? { footer } : {}),
      };
    }
    case 'inline': {
      const { bytes, rows } = output.inline;
      // The generated code returns an empty Buffer for an absent field.
      const result = bytes?.length ? bytes : new Uint8Array(0);
      return { kind: 'inline', bytes: result, rows: decodeCount(rows, 'a number of rows') };
    }
    case undefined:
      throw tooNew('an output of an unknown kind');
    default:
      return output satisfies never;
  }
}

function decodeStatistics(message: volley.TaskStatistics.$Shape | null | undefined): TaskStatistics {
  const statistics = required(message, 'the statistics of a task');
  return {
    rowsRead: decodeCount(statistics.rowsRead, 'a number of rows'),
    rowsWritten: decodeCount(statistics.rowsWritten, 'a number of rows'),
    inputBytes: decodeCount(statistics.inputBytes, 'a size'),
    shuffleBytesRead: decodeCount(statistics.shuffleBytesRead, 'a size'),
    shuffleRowsRead: decodeCount(statistics.shuffleRowsRead, 'a number of rows'),
    bytesWritten: decodeCount(statistics.bytesWritten, 'a size'),
    cpuMs: statistics.cpuMs ?? 0,
    wallMs: statistics.wallMs ?? 0,
    requests: decodeStoreRequests(statistics.requests) ?? NO_STORE_REQUESTS,
  };
}

/** Decodes the result of `encodeDetails`. */
export function decodeDetails(messages: readonly volley.Detail.$Shape[] | null | undefined): ErrorDetails {
  return Object.fromEntries((messages ?? []).map((detail) => [detail.name ?? '', decodeDetail(detail)]));
}

function decodeDetail(detail: volley.Detail.$Shape): ErrorDetails[string] {
  switch (detail.value) {
    case 'text':
      return detail.text;
    case 'number':
      return detail.number;
    case 'boolean':
      return detail.boolean;
    case 'texts':
      return detail.texts.names ?? [];
    case undefined:
      throw tooNew('a detail of an unknown kind');
    default:
      return detail satisfies never;
  }
}

/** Decodes an error code. An unknown code means that a newer version sent the message. */
export function decodeErrorCode(text: string | null | undefined): ErrorCode {
  const code = errorCodes.find((known) => known === text);
  if (code === undefined) throw tooNew(`the error code ${JSON.stringify(text ?? '')}`);
  return code;
}
