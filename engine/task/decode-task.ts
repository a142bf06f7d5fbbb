import { volley } from '../../proto/generated/volley.js';
import type { Stage } from '../plan/stage.ts';
import {
  decodeCount,
  decodeIdentity,
  decodePlanTable,
  decodeSplits,
  decodeStage,
  stageInputs,
} from '../plan/wire/decode-stages.ts';
import { decodeTypeTable } from '../plan/wire/decode-types.ts';
import { invalid } from '../plan/wire/faults.ts';
import { fromBytes } from '../plan/wire/message.ts';
import { checkHeader } from '../plan/wire/version.ts';
import { storedFormats } from './stored-formats.ts';
import type {
  AttemptId,
  EncodedTask,
  InputSlice,
  JobId,
  ProducedObject,
  SentTask,
  StageReference,
  Task,
  TaskInput,
} from './task.ts';

const SHA256_BYTES = 32;

/** Decodes the result of `encodeTask`. Throws `MESSAGE_INVALID` or `VERSION_SKEW` for any other bytes. */
export function decodeTask(bytes: Uint8Array): SentTask {
  return fromBytes(volley.Task, decodeTaskMessage, bytes, 'task');
}

/**
 * Checks an encoded task's header and decodes only the fields needed to forward the bytes. Throws `MESSAGE_INVALID` or
 * `VERSION_SKEW`. `decodeTask` reports errors in all other fields.
 */
export function readTaskHead(bytes: Uint8Array): EncodedTask {
  const read = ({ header, memoryMib, deadlineMs }: volley.TaskHead.$Shape): EncodedTask => {
    checkHeader(header, 'same');
    return { bytes, memoryMiB: memoryMib ?? 0, deadlineMs: decodeCount(deadlineMs, 'a deadline') };
  };
  return fromBytes(volley.TaskHead, read, bytes, 'task');
}

function decodeTaskMessage(task: volley.Task.$Shape): SentTask {
  checkHeader(task.header, 'same');
  const types = decodeTypeTable(task.types);
  const tables = (task.tables ?? []).map((table) => decodePlanTable(table, types));
  const sent = {
    job: (task.job ?? '') as JobId,
    index: task.index ?? 0,
    attempt: (task.attempt ?? '') as AttemptId,
    tables,
    splits: (task.splits ?? []).map(({ table, splits }) => ({
      table: table ?? 0,
      splits: decodeSplits(splits, table ?? 0, tables),
    })),
    inputs: (task.inputs ?? []).map(decodeInput),
    outputKey: task.outputKey ?? '',
    columns: task.columns ?? [],
    timeZone: task.timeZone ?? '',
    threads: task.threads ?? 0,
    memoryMiB: task.memoryMib ?? 0,
    deadlineMs: decodeCount(task.deadlineMs, 'a deadline'),
    inlineLimitBytes: decodeCount(task.inlineLimitBytes, 'a limit'),
    resultFormat: storedFormats.decode(task.resultFormat),
  };
  if (task.stageReference) return { ...sent, stage: decodeReference(task.stageReference) };
  return withStage(sent, decodeStage(task.stage, types, tables));
}

/** Adds the fragment to a task. Throws `MESSAGE_INVALID` if the fragment does not match the task. */
export function withStage(sent: Omit<SentTask, 'stage'>, stage: Stage): Task {
  if (sent.index >= stage.taskCount) throw invalid(`task ${sent.index} of ${stage.taskCount}`);
  for (const read of stageInputs(stage.root))
    if (!sent.inputs.some((input) => input.stage === read.stage)) throw invalid(`no input for stage ${read.stage}`);
  return { ...sent, stage };
}

function decodeReference({ key, sizeBytes, sha256 }: volley.StageReference.$Shape): StageReference {
  if (sha256?.length !== SHA256_BYTES) throw invalid(`a SHA-256 of ${sha256?.length ?? 0} bytes`);
  return {
    key: key ?? '',
    sizeBytes: decodeCount(sizeBytes, 'the size of a fragment'),
    sha256: Buffer.from(sha256).toString('hex'),
  };
}

function decodeInput(message: volley.TaskInput.$Shape): TaskInput {
  const { stage, producers, index, slice } = message;
  const produced = ({ key, identity, rows }: volley.ProducedObject.$Shape): ProducedObject => ({
    key: key ?? '',
    identity: decodeIdentity(identity),
    rows: decodeCount(rows, 'a number of rows'),
  });
  return {
    stage: stage ?? 0,
    producers: (producers ?? []).map(produced),
    ...(index ? { index: { key: index.key ?? '', identity: decodeIdentity(index.identity) } } : {}),
    ...(slice ? { slice: decodeSlice(slice, (producers ?? []).length) } : {}),
  };
}

function decodeSlice(message: volley.InputSlice.$Shape, producers: number): InputSlice {
  const [firstProducer, rowProducers] = [message.firstProducer ?? 0, message.rowProducers ?? 0];
  if (firstProducer + producers > rowProducers)
    throw invalid(`producers ${firstProducer} to ${firstProducer + producers} of ${rowProducers}`);
  return { firstProducer, rowProducers, firstPartition: message.firstPartition ?? 0 };
}
