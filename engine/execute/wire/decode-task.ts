import { volley } from '../../../proto/generated/volley.js';
import {
  decodeCount,
  decodeIdentity,
  decodePlanTable,
  decodeSplits,
  decodeStage,
  stageInputs,
} from '../../plan/wire/decode-stages.ts';
import { decodeTypeTable } from '../../plan/wire/decode-types.ts';
import { invalid } from '../../plan/wire/faults.ts';
import { fromBytes } from '../../plan/wire/message.ts';
import { checkHeader } from '../../plan/wire/version.ts';
import type { AttemptId, InputSlice, JobId, ProducedObject, Task, TaskInput } from '../task.ts';
import { resultFormats } from './result-formats.ts';

/** Reads `encodeTask`. Throws `MESSAGE_INVALID` or `VERSION_SKEW`, whatever the bytes are. */
export function decodeTask(bytes: Uint8Array): Task {
  return fromBytes(volley.Task, decodeTaskMessage, bytes, 'task');
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
