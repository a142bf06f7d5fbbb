import { decodeCount, decodeIdentity } from '../../engine/plan/wire/decode-stages.ts';
import { invalid, required, tooNew } from '../../engine/plan/wire/faults.ts';
import { NO_STORE_REQUESTS } from '../../engine/store/request-counts.ts';
import { decodeDetails, decodeErrorCode, decodeOutcomeMessage } from '../../engine/task/decode-outcome.ts';
import { decodeStoreRequests } from '../../engine/task/decode-requests.ts';
import type { AttemptId } from '../../engine/task/task.ts';
import type { volley } from '../../proto/generated/volley.js';
import type { FencingToken, JobEnd } from '../scheduler/job.ts';
import type { JobChanges, JobSnapshot, StageChanges, StageSnapshot } from '../scheduler/snapshot.ts';
import type { StageIndex } from '../scheduler/state.ts';
import { TaskList } from '../scheduler/task-list.ts';
import type { TaskState } from '../scheduler/task-state.ts';

/** Decodes the output of `encodeSnapshot`. */
export function decodeSnapshot(message: volley.JobSnapshot.$Shape): JobSnapshot {
  const { deadlineMs, resumedBy, cancelRequestedBy, end, endedAtMs, lateUntilMs, throttledSinceMs } = message;
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
    ...(lateUntilMs ? { lateUntil: decodeCount(lateUntilMs, 'a time') } : {}),
    requests: decodeStoreRequests(message.requests) ?? NO_STORE_REQUESTS,
    ...(throttledSinceMs ? { throttledSince: decodeCount(throttledSinceMs, 'a time') } : {}),
  };
}

/** Decodes the output of `encodeChanges`. */
export function decodeChanges({ job, stages }: volley.JobChanges.$Shape): JobChanges {
  const { stages: _none, ...progress } = decodeSnapshot(required(job, 'the job state in a record of changes'));
  return { ...progress, stages: (stages ?? []).map(decodeStageChanges) };
}

function decodeStageChanges({ changed, tasks, index }: volley.StageChanges.$Shape): StageChanges {
  const states = (tasks ?? []).map(decodeTask);
  const numbers = changed ?? [];
  if (numbers.length !== states.length)
    throw invalid(`a stage has ${numbers.length} changed tasks but ${states.length} task states`);
  return { changed: states.map((state, at) => [numbers[at] ?? 0, state] as const), ...decodeIndex(index) };
}

function decodeStage({ tasks, index }: volley.StageSnapshot.$Shape): StageSnapshot {
  return { tasks: TaskList.of((tasks ?? []).map(decodeTask)), ...decodeIndex(index) };
}

function decodeIndex(index: volley.IndexObject.$Shape | null | undefined): { readonly index?: StageIndex } {
  return index ? { index: { key: index.key ?? '', identity: decodeIdentity(index.identity) } } : {};
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
      if (outcome.kind !== 'succeeded') throw invalid(`a succeeded task has the outcome ${outcome.kind}`);
      const { output } = outcome;
      const { requests: _requests, ...statistics } = outcome.statistics;
      return { kind: 'succeeded', failures, attempt: (attempt ?? '') as AttemptId, output, statistics };
    }
    case undefined:
      throw tooNew('a task in an unknown state');
    default:
      return message satisfies never;
  }
}

/** Decodes the output of `encodeEnd`. */
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
