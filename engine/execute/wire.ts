import { volley } from '../../proto/generated/volley.js';
import { type ErrorCode, type ErrorDetails, errorCodes } from '../errors.ts';
import {
  decodeCount,
  decodeIdentity,
  decodePlanTable,
  decodeSplits,
  decodeStage,
  stageInputs,
} from '../plan/wire/decode-stages.ts';
import { decodeTypeTable } from '../plan/wire/decode-types.ts';
import { encodeIdentity, encodePlanTable, encodeSplit, encodeStage } from '../plan/wire/encode-stages.ts';
import { createTypeTable } from '../plan/wire/encode-types.ts';
import { enumeration } from '../plan/wire/enumerations.ts';
import { invalid, required, tooNew } from '../plan/wire/faults.ts';
import { longFromCount, uint32 } from '../plan/wire/integers.ts';
import { fromBytes, toBytes } from '../plan/wire/message.ts';
import { checkHeader, encodeHeader } from '../plan/wire/version.ts';
import type {
  AttemptId,
  JobId,
  ProducedObject,
  Task,
  TaskInput,
  TaskOutcome,
  TaskOutput,
  TaskStatistics,
} from './task.ts';

/** The formats of results, for all messages that name one. */
export const resultFormats = enumeration<Task['resultFormat']>('the result format', {
  arrow: volley.Task.ResultFormat.ARROW_STREAM,
  parquet: volley.Task.ResultFormat.PARQUET_FILE,
});

/** The bytes of a task message. Throws `PLAN_UNSUPPORTED` where the fragment is nested too deeply to be sent. */
export function encodeTask(task: Task): Uint8Array {
  return toBytes(volley.Task, encodeTaskMessage, task, 'task');
}

/** Reads `encodeTask`. Throws `MESSAGE_INVALID` or `VERSION_SKEW`, whatever the bytes are. */
export function decodeTask(bytes: Uint8Array): Task {
  return fromBytes(volley.Task, decodeTaskMessage, bytes, 'task');
}

function encodeTaskMessage(task: Task): volley.Task.$Properties {
  const types = createTypeTable();
  return {
    header: encodeHeader(),
    job: task.job,
    stage: encodeStage(task.stage, types),
    index: uint32(task.index),
    attempt: task.attempt,
    tables: task.tables.map((table) => encodePlanTable(table, types)),
    splits: task.splits.map(({ table, splits }) => ({ table, splits: splits.map(encodeSplit) })),
    inputs: task.inputs.map(encodeInput),
    outputKey: task.outputKey,
    columns: [...task.columns],
    timeZone: task.timeZone,
    threads: uint32(task.threads),
    memoryMib: uint32(task.memoryMiB),
    deadlineMs: longFromCount(task.deadlineMs),
    inlineLimitBytes: longFromCount(task.inlineLimitBytes),
    resultFormat: resultFormats.encode(task.resultFormat),
    types: [...types.messages],
  };
}

function decodeTaskMessage(task: volley.Task.$Shape): Task {
  checkHeader(task.header, 'same');
  const types = decodeTypeTable(task.types);
  const tables = (task.tables ?? []).map((table) => decodePlanTable(table, types));
  const stage = decodeStage(task.stage, types, tables);
  const index = task.index ?? 0;
  if (index >= stage.taskCount) throw invalid(`task ${index} of ${stage.taskCount}`);
  const inputs = (task.inputs ?? []).map(decodeInput);
  for (const read of stageInputs(stage.root))
    if (!inputs.some((input) => input.stage === read.stage)) throw invalid(`no input for stage ${read.stage}`);
  return {
    job: (task.job ?? '') as JobId,
    stage,
    index,
    attempt: (task.attempt ?? '') as AttemptId,
    tables,
    splits: (task.splits ?? []).map(({ table, splits }) => ({
      table: table ?? 0,
      splits: decodeSplits(splits, table ?? 0, tables),
    })),
    inputs,
    outputKey: task.outputKey ?? '',
    columns: task.columns ?? [],
    timeZone: task.timeZone ?? '',
    threads: task.threads ?? 0,
    memoryMiB: task.memoryMib ?? 0,
    deadlineMs: decodeCount(task.deadlineMs, 'a deadline'),
    inlineLimitBytes: decodeCount(task.inlineLimitBytes, 'a limit'),
    resultFormat: resultFormats.decode(task.resultFormat),
  };
}

function encodeInput(input: TaskInput): volley.TaskInput.$Properties {
  const { stage, producers, index } = input;
  return {
    stage,
    producers: producers.map(({ key, identity, rows }) => ({
      key,
      identity: encodeIdentity(identity),
      rows: longFromCount(rows),
    })),
    index: index === undefined ? null : { key: index.key, identity: encodeIdentity(index.identity) },
  };
}

function decodeInput(message: volley.TaskInput.$Shape): TaskInput {
  const { stage, producers, index } = message;
  const produced = ({ key, identity, rows }: volley.ProducedObject.$Shape): ProducedObject => ({
    key: key ?? '',
    identity: decodeIdentity(identity),
    rows: decodeCount(rows, 'a number of rows'),
  });
  return {
    stage: stage ?? 0,
    producers: (producers ?? []).map(produced),
    ...(index ? { index: { key: index.key ?? '', identity: decodeIdentity(index.identity) } } : {}),
  };
}

/** The bytes of an outcome message. */
export function encodeOutcome(outcome: TaskOutcome): Uint8Array {
  const encode = (value: TaskOutcome) => ({ header: encodeHeader(), ...encodeOutcomeMessage(value) });
  return toBytes(volley.TaskOutcome, encode, outcome, 'outcome');
}

/** Reads `encodeOutcome`. Throws `MESSAGE_INVALID` or `VERSION_SKEW`, whatever the bytes are. */
export function decodeOutcome(bytes: Uint8Array): TaskOutcome {
  const decode = (message: volley.TaskOutcome.$Shape) => {
    checkHeader(message.header, 'any');
    return decodeOutcomeMessage(message);
  };
  return fromBytes(volley.TaskOutcome, decode, bytes, 'outcome');
}

/** An outcome as a message without a header, for messages that hold one. */
export function encodeOutcomeMessage(outcome: TaskOutcome): volley.TaskOutcome.$Properties {
  switch (outcome.kind) {
    case 'succeeded':
      return { succeeded: { output: encodeOutput(outcome.output), statistics: encodeStatistics(outcome.statistics) } };
    case 'failed': {
      const { code, message, retryable } = outcome;
      return { failed: { code, message, retryable, details: encodeDetails(outcome.details) } };
    }
    case 'throttled':
      return { throttled: {} };
    case 'timed-out':
      return { timedOut: {} };
    case 'lost':
      return { lost: { message: outcome.message } };
    default:
      return outcome satisfies never;
  }
}

/** Reads `encodeOutcomeMessage`. */
export function decodeOutcomeMessage(message: volley.TaskOutcome.$Shape | null | undefined): TaskOutcome {
  const outcome = required(message, 'an outcome');
  switch (outcome.kind) {
    case 'succeeded': {
      const { output, statistics } = outcome.succeeded;
      return { kind: 'succeeded', output: decodeOutput(output), statistics: decodeStatistics(statistics) };
    }
    case 'failed': {
      const { code, message: text, retryable, details } = outcome.failed;
      return {
        kind: 'failed',
        code: decodeErrorCode(code),
        message: text ?? '',
        retryable: retryable ?? false,
        details: decodeDetails(details),
      };
    }
    case 'throttled':
      return { kind: 'throttled' };
    case 'timedOut':
      return { kind: 'timed-out' };
    case 'lost':
      return { kind: 'lost', message: outcome.lost.message ?? '' };
    case undefined:
      throw tooNew('an outcome of an unknown kind');
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
      // No bytes are an absent field, for which the generated code has a Buffer.
      const result = bytes?.length ? bytes : new Uint8Array(0);
      return { kind: 'inline', bytes: result, rows: decodeCount(rows, 'a number of rows') };
    }
    case undefined:
      throw tooNew('an output of an unknown kind');
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
    storeRequests: longFromCount(statistics.storeRequests),
  };
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
    storeRequests: decodeCount(statistics.storeRequests, 'a number of requests'),
  };
}

/** The details of an error, in their order. */
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

/** Reads `encodeDetails`. */
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

/** The code of an error. One this version does not know comes from a newer one. */
export function decodeErrorCode(text: string | null | undefined): ErrorCode {
  const code = errorCodes.find((known) => known === text);
  if (code === undefined) throw tooNew(`the error code ${JSON.stringify(text ?? '')}`);
  return code;
}
