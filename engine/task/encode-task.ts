import { volley } from '../../proto/generated/volley.js';
import {
  encodeIdentity,
  encodePlanTable,
  encodeSharedStage,
  encodeSplit,
  stageFeatures,
} from '../plan/wire/encode-stages.ts';
import { createTypeTable, type TypeTable } from '../plan/wire/encode-types.ts';
import { longFromCount, uint32 } from '../plan/wire/integers.ts';
import { toBytes } from '../plan/wire/message.ts';
import { encodeHeader, type Feature } from '../plan/wire/version.ts';
import { storedFormats } from './stored-formats.ts';
import type { SentTask, StageReference, TaskInput } from './task.ts';

/** Encodes a task message. Throws `PLAN_UNSUPPORTED` if the fragment is nested too deeply. */
export function encodeTask(task: SentTask): Uint8Array {
  const { stage } = task;
  if ('sha256' in stage) return toBytes(volley.Task, () => encodeTaskMessage(task, createTypeTable()), task, 'task');
  const { outline, types } = encodeSharedStage(stage);
  // The fields of a message may be in any order, so the stage can follow the other fields.
  return Buffer.concat([
    toBytes(volley.Task, () => encodeTaskMessage(task, types), task, 'task'),
    toBytes(volley.TaskFragment, () => ({ stage: outline }), task, 'task'),
  ]);
}

/** Encodes a task, except for a stage that is sent in the message. */
function encodeTaskMessage(task: SentTask, types: TypeTable): volley.Task.$Properties {
  const sliced: readonly Feature[] = task.inputs.some(({ slice }) => slice !== undefined) ? ['two-level-shuffle'] : [];
  const { stage } = task;
  const isReferred = 'sha256' in stage;
  const features: readonly Feature[] = isReferred ? ['stage-reference'] : stageFeatures(stage);
  return {
    header: encodeHeader(...new Set([...sliced, ...features])),
    job: task.job,
    ...(isReferred ? { stageReference: encodeReference(stage) } : {}),
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
    resultFormat: storedFormats.encode(task.resultFormat),
    types: [...types.messages],
  };
}

function encodeReference({ key, sizeBytes, sha256 }: StageReference): volley.StageReference.$Properties {
  return { key, sizeBytes: longFromCount(sizeBytes), sha256: Buffer.from(sha256, 'hex') };
}

function encodeInput(input: TaskInput): volley.TaskInput.$Properties {
  const { stage, producers, index, slice } = input;
  return {
    stage,
    producers: producers.map(({ key, identity, rows }) => ({
      key,
      identity: encodeIdentity(identity),
      rows: longFromCount(rows),
    })),
    index: index === undefined ? null : { key: index.key, identity: encodeIdentity(index.identity) },
    slice: slice ?? null,
  };
}
