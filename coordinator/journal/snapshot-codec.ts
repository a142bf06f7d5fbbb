import type { AttemptId } from '../../engine/execute/task.ts';
import { decodeOutcomeMessage } from '../../engine/execute/wire.ts';
import { decodeCount, decodeIdentity } from '../../engine/plan/wire/decode-stages.ts';
import { encodeIdentity } from '../../engine/plan/wire/encode-stages.ts';
import { invalid, required, tooNew } from '../../engine/plan/wire/faults.ts';
import { type Long, longFromCount, uint32 } from '../../engine/plan/wire/integers.ts';
import type { volley } from '../../proto/generated/volley.js';
import type { FencingToken } from '../scheduler/records.ts';
import type { JobSnapshot, StageSnapshot } from '../scheduler/snapshot.ts';
import type { TaskState } from '../scheduler/state.ts';
import { decodeEnd, encodeEnd, encodeJournaledOutcome } from './ending-codec.ts';

/** All that a job's records have come to. */
export function encodeSnapshot(snapshot: JobSnapshot): volley.JobSnapshot.$Properties {
  return {
    deadlineMs: maybeLong(snapshot.deadline),
    stages: snapshot.stages.map(encodeStage),
    resumedBy: maybeLong(snapshot.resumedBy),
    attempts: uint32(snapshot.attempts),
    retriesUsed: uint32(snapshot.retriesUsed),
    restarts: uint32(snapshot.restarts),
    cancelRequestedBy: snapshot.cancelRequestedBy ?? null,
    end: snapshot.end === undefined ? null : encodeEnd(snapshot.end),
    endedAtMs: maybeLong(snapshot.endedAt),
  };
}

/** Reads `encodeSnapshot`. */
export function decodeSnapshot(message: volley.JobSnapshot.$Shape): JobSnapshot {
  const { deadlineMs, resumedBy, cancelRequestedBy, end, endedAtMs } = message;
  return {
    ...(deadlineMs ? { deadline: decodeCount(deadlineMs, 'a deadline') } : {}),
    stages: (message.stages ?? []).map(decodeStage),
    ...(resumedBy ? { resumedBy: decodeCount(resumedBy, 'a token') as FencingToken } : {}),
    attempts: message.attempts ?? 0,
    retriesUsed: message.retriesUsed ?? 0,
    restarts: message.restarts ?? 0,
    ...(typeof cancelRequestedBy === 'string' ? { cancelRequestedBy } : {}),
    ...(end ? { end: decodeEnd(end) } : {}),
    ...(endedAtMs ? { endedAt: decodeCount(endedAtMs, 'a time') } : {}),
  };
}

function encodeStage({ tasks, index }: StageSnapshot): volley.StageSnapshot.$Properties {
  return {
    tasks: tasks.map(encodeTask),
    index: index === undefined ? null : { key: index.key, identity: encodeIdentity(index.identity) },
  };
}

function decodeStage({ tasks, index }: volley.StageSnapshot.$Shape): StageSnapshot {
  return {
    tasks: (tasks ?? []).map(decodeTask),
    ...(index ? { index: { key: index.key ?? '', identity: decodeIdentity(index.identity) } } : {}),
  };
}

function encodeTask(task: TaskState): volley.TaskSnapshot.$Properties {
  const failures = uint32(task.failures);
  switch (task.kind) {
    case 'pending':
      return { failures, pending: {} };
    case 'running': {
      const { attempt, startedAt, deadline } = task;
      return {
        failures,
        running: { attempt, startedAtMs: longFromCount(startedAt), deadlineMs: longFromCount(deadline) },
      };
    }
    case 'failed':
      return { failures, failed: encodeJournaledOutcome(task.outcome) };
    case 'waiting':
      return { failures, waiting: { notBeforeMs: longFromCount(task.notBefore) } };
    case 'succeeded': {
      const { attempt, output, statistics } = task;
      return {
        failures,
        succeeded: { attempt, outcome: encodeJournaledOutcome({ kind: 'succeeded', output, statistics }) },
      };
    }
    default:
      return task satisfies never;
  }
}

function decodeTask(message: volley.TaskSnapshot.$Shape): TaskState {
  const failures = message.failures ?? 0;
  switch (message.kind) {
    case 'pending':
      return { kind: 'pending', failures };
    case 'running': {
      const { attempt, startedAtMs, deadlineMs } = message.running;
      return {
        kind: 'running',
        failures,
        attempt: (attempt ?? '') as AttemptId,
        startedAt: decodeCount(startedAtMs, 'a time'),
        deadline: decodeCount(deadlineMs, 'a deadline'),
      };
    }
    case 'failed':
      return { kind: 'failed', failures, outcome: decodeOutcomeMessage(message.failed) };
    case 'waiting':
      return { kind: 'waiting', failures, notBefore: decodeCount(message.waiting.notBeforeMs, 'a time') };
    case 'succeeded': {
      const { attempt, outcome: encoded } = message.succeeded;
      const outcome = decodeOutcomeMessage(required(encoded, 'the outcome of a task'));
      if (outcome.kind !== 'succeeded') throw invalid(`a task that succeeded ${outcome.kind}`);
      const { output, statistics } = outcome;
      return { kind: 'succeeded', failures, attempt: (attempt ?? '') as AttemptId, output, statistics };
    }
    case undefined:
      throw tooNew('a task in an unknown state');
    default:
      return message satisfies never;
  }
}

function maybeLong(value: number | undefined): Long | null {
  return value === undefined ? null : longFromCount(value);
}
