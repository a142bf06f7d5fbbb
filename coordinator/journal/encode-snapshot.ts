import { encodeIdentity } from '../../engine/plan/wire/encode-stages.ts';
import { type Long, longFromCount, uint32 } from '../../engine/plan/wire/integers.ts';
import { NO_STORE_REQUESTS } from '../../engine/store/request-counts.ts';
import { encodeDetails, encodeOutcomeMessage } from '../../engine/task/encode-outcome.ts';
import { encodeStoreRequests } from '../../engine/task/encode-requests.ts';
import type { volley } from '../../proto/generated/volley.js';
import type { JobEnd, JournaledOutcome } from '../scheduler/job.ts';
import type { JobChanges, JobSnapshot, StageChanges, StageSnapshot } from '../scheduler/snapshot.ts';
import type { StageIndex } from '../scheduler/state.ts';
import type { TaskState } from '../scheduler/task-state.ts';

/** Encodes a snapshot of a job's state. */
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
    lateUntilMs: maybeLong(snapshot.lateUntil),
    requests: encodeStoreRequests(snapshot.requests),
    throttledSinceMs: maybeLong(snapshot.throttledSince),
  };
}

/** Encodes the changes in a job's state since an earlier state. */
export function encodeChanges({ stages, ...progress }: JobChanges): volley.JobChanges.$Properties {
  return { job: encodeSnapshot({ ...progress, stages: [] }), stages: stages.map(encodeStageChanges) };
}

function encodeStageChanges({ changed, index }: StageChanges): volley.StageChanges.$Properties {
  return {
    changed: changed.map(([task]) => uint32(task)),
    tasks: changed.map(([, state]) => encodeTask(state)),
    index: encodeIndex(index),
  };
}

function encodeStage({ tasks, index }: StageSnapshot): volley.StageSnapshot.$Properties {
  return {
    tasks: tasks.map(encodeTask),
    index: encodeIndex(index),
  };
}

function encodeIndex(index: StageIndex | undefined): volley.IndexObject.$Properties | null {
  return index === undefined ? null : { key: index.key, identity: encodeIdentity(index.identity) };
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
      const { attempt, output } = task;
      const statistics = { ...task.statistics, requests: NO_STORE_REQUESTS };
      return {
        failures,
        succeeded: { attempt, outcome: encodeJournaledOutcome({ kind: 'succeeded', output, statistics }) },
      };
    }
    default:
      return task satisfies never;
  }
}

function maybeLong(value: number | undefined): Long | null {
  return value === undefined ? null : longFromCount(value);
}

/** Encodes the end of a job. */
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

/** Encodes the outcome of an attempt. Omits the footer of an output object, which a caller may pass despite the parameter's type. */
export function encodeJournaledOutcome(outcome: JournaledOutcome): volley.TaskOutcome.$Properties {
  if (outcome.kind !== 'succeeded' || outcome.output.kind !== 'object') return encodeOutcomeMessage(outcome);
  const { key, identity, rows } = outcome.output;
  return encodeOutcomeMessage({ ...outcome, output: { kind: 'object', key, identity, rows } });
}
