import { encodeIdentity, encodeStageGraphOutline } from '../../engine/plan/wire/encode-stages.ts';
import { longFromCount, uint32 } from '../../engine/plan/wire/integers.ts';
import { toBytes } from '../../engine/plan/wire/message.ts';
import { encodeHeader } from '../../engine/plan/wire/version.ts';
import { encodeRequestCounts } from '../../engine/task/encode-requests.ts';
import { storedFormats } from '../../engine/task/stored-formats.ts';
import { volley } from '../../proto/generated/volley.js';
import type { JobRequest, JobSettings } from '../scheduler/job.ts';
import type { JobRecord, RecordOf } from '../scheduler/records.ts';
import { encodeChanges, encodeEnd, encodeJournaledOutcome, encodeSnapshot } from './encode-snapshot.ts';

/** Encodes one record. Throws `PLAN_UNSUPPORTED` if the record contains a plan that is nested too deeply. */
export function encodeRecord(record: JobRecord): Uint8Array {
  return toBytes(volley.JobRecord, encodeRecordMessage, record, 'record');
}

function encodeRecordMessage(record: JobRecord): volley.JobRecord.$Properties {
  return { header: encodeHeader(), atMs: longFromCount(record.at), ...encodeDecision(record) };
}

function encodeDecision(record: JobRecord): volley.JobRecord.$Properties {
  switch (record.kind) {
    case 'job-requested':
      return { jobRequested: encodeRequest(record.job, record.request) };
    case 'job-submitted':
      return { jobSubmitted: encodeSubmitted(record) };
    case 'job-resumed': {
      const deadlineMs = record.deadline === undefined ? null : longFromCount(record.deadline);
      return { jobResumed: { token: longFromCount(record.token), deadlineMs } };
    }
    case 'attempt-started': {
      const { stage, task, attempt, deadline } = record;
      return { attemptStarted: { stage, task, attempt, deadlineMs: longFromCount(deadline) } };
    }
    case 'task-ended': {
      const { stage, task, attempt, outcome } = record;
      return { taskEnded: { stage, task, attempt, outcome: encodeJournaledOutcome(outcome) } };
    }
    case 'attempt-abandoned': {
      const { stage, task, attempt, reason } = record;
      return { attemptAbandoned: { stage, task, attempt, reason } };
    }
    case 'retry-scheduled': {
      const { stage, task, notBefore } = record;
      return { retryScheduled: { stage, task, notBeforeMs: longFromCount(notBefore) } };
    }
    case 'stage-indexed': {
      const { stage, key, identity, requests } = record;
      return {
        stageIndexed: { stage, key, identity: encodeIdentity(identity), requests: encodeRequestCounts(requests) },
      };
    }
    case 'job-restarted':
      return { jobRestarted: { reason: record.reason } };
    case 'job-snapshot':
      return { jobSnapshot: encodeSnapshot(record.snapshot) };
    case 'job-changes':
      return { jobChanges: encodeChanges(record.changes) };
    case 'cancel-requested':
      return { cancelRequested: { by: record.by } };
    case 'job-ended':
      return { jobEnded: encodeEnd(record.end) };
    default:
      return record satisfies never;
  }
}

function encodeRequest(job: string, request: JobRequest): volley.JobRequested.$Properties {
  const { sql, settings, labels, tables, subject } = request;
  const named = ([name, text]: readonly [string, string]) => ({ name, text });
  return {
    job,
    sql,
    settings: settings.map(named),
    labels: labels.map(named),
    tables: tables.map(({ name, locations, format }) => ({ name, locations: [...locations], format: format ?? null })),
    subject,
  };
}

function encodeSubmitted(record: RecordOf<'job-submitted'>): volley.JobSubmitted.$Properties {
  return {
    job: record.job,
    graph: encodeStageGraphOutline(record.graph),
    settings: encodeSettings(record.settings),
    statement: record.statement ?? null,
  };
}

function encodeSettings(settings: JobSettings): volley.JobSettings.$Properties {
  return {
    retries: uint32(settings.retries),
    retryBudget: uint32(settings.retryBudget),
    timeoutMs: settings.timeoutMs === undefined ? null : longFromCount(settings.timeoutMs),
    attemptTimeoutMs: longFromCount(settings.attemptTimeoutMs),
    memoryMib: uint32(settings.taskMemoryMiB),
    inlineLimitBytes: longFromCount(settings.inlineLimitBytes),
    resultFormat: storedFormats.encode(settings.resultFormat),
    lateWriteMs: settings.lateWriteMs === undefined ? null : longFromCount(settings.lateWriteMs),
    resultTtlMs: settings.resultTtlMs === undefined ? null : longFromCount(settings.resultTtlMs),
    functionVersion: settings.functionVersion ?? null,
  };
}
