import { FabricError } from '../../engine/errors.ts';
import { decodeCount, decodeIdentity, decodeStageGraphOutline, stageId } from '../../engine/plan/wire/decode-stages.ts';
import { required, tooNew } from '../../engine/plan/wire/faults.ts';
import { fromBytes } from '../../engine/plan/wire/message.ts';
import { checkHeader } from '../../engine/plan/wire/version.ts';
import { decodeOutcomeMessage } from '../../engine/task/decode-outcome.ts';
import { decodeRequestCounts } from '../../engine/task/decode-requests.ts';
import { storedFormats } from '../../engine/task/stored-formats.ts';
import type { AttemptId, JobId } from '../../engine/task/task.ts';
import { volley } from '../../proto/generated/volley.js';
import type { FencingToken, JobSettings } from '../scheduler/job.ts';
import type { JobRecord, RecordOf } from '../scheduler/records.ts';
import { decodeChanges, decodeEnd, decodeSnapshot } from './decode-snapshot.ts';

/** Decodes the output of `encodeRecord`. Throws `VERSION_SKEW` for a record of a newer version, and `JOURNAL_CORRUPT` for invalid bytes. */
export function decodeRecord(bytes: Uint8Array): JobRecord {
  try {
    return fromBytes(volley.JobRecord, decodeRecordMessage, bytes, 'record');
  } catch (thrown) {
    if (!(thrown instanceof FabricError) || thrown.code !== 'MESSAGE_INVALID') throw thrown;
    throw new FabricError('JOURNAL_CORRUPT', `A journal record is damaged (${thrown.message}). Run the query again.`, {
      cause: thrown,
    });
  }
}

function decodeRecordMessage(message: volley.JobRecord.$Shape): JobRecord {
  checkHeader(message.header, 'any');
  const at = decodeCount(message.atMs, 'a time');
  switch (message.kind) {
    case 'jobRequested':
      return decodeRequested(message.jobRequested, at);
    case 'jobSubmitted':
      return decodeSubmitted(message.jobSubmitted, at);
    case 'jobResumed': {
      const { token, deadlineMs } = message.jobResumed;
      const resumed = { kind: 'job-resumed', at, token: decodeCount(token, 'a token') as FencingToken } as const;
      return deadlineMs ? { ...resumed, deadline: decodeCount(deadlineMs, 'a deadline') } : resumed;
    }
    case 'attemptStarted': {
      const deadline = decodeCount(message.attemptStarted.deadlineMs, 'a deadline');
      return { kind: 'attempt-started', at, ...decodeAttempt(message.attemptStarted), deadline };
    }
    case 'taskEnded': {
      const outcome = decodeOutcomeMessage(message.taskEnded.outcome);
      return { kind: 'task-ended', at, ...decodeAttempt(message.taskEnded), outcome };
    }
    case 'attemptAbandoned': {
      const { reason } = message.attemptAbandoned;
      return { kind: 'attempt-abandoned', at, ...decodeAttempt(message.attemptAbandoned), reason: reason ?? '' };
    }
    case 'retryScheduled': {
      const { stage, task, notBeforeMs } = message.retryScheduled;
      const notBefore = decodeCount(notBeforeMs, 'a time');
      return { kind: 'retry-scheduled', at, stage: stageId(stage), task: task ?? 0, notBefore };
    }
    case 'stageIndexed': {
      const { stage, key, identity, requests } = message.stageIndexed;
      return {
        kind: 'stage-indexed',
        at,
        stage: stageId(stage),
        key: key ?? '',
        identity: decodeIdentity(identity),
        requests: decodeRequestCounts(requests),
      };
    }
    case 'jobRestarted':
      return { kind: 'job-restarted', at, reason: message.jobRestarted.reason ?? '' };
    case 'jobSnapshot':
      return { kind: 'job-snapshot', at, snapshot: decodeSnapshot(message.jobSnapshot) };
    case 'jobChanges':
      return { kind: 'job-changes', at, changes: decodeChanges(message.jobChanges) };
    case 'cancelRequested':
      return { kind: 'cancel-requested', at, by: message.cancelRequested.by ?? '' };
    case 'jobEnded':
      return { kind: 'job-ended', at, end: decodeEnd(message.jobEnded) };
    case undefined:
      throw tooNew('a record of an unknown kind');
    default:
      return message satisfies never;
  }
}

function decodeRequested(message: volley.JobRequested.$Shape, at: number): RecordOf<'job-requested'> {
  const named = ({ name, text }: volley.NamedText.$Shape) => [name ?? '', text ?? ''] as const;
  const table = ({ name, locations, format }: volley.RequestedTable.$Shape) => ({
    name: name ?? '',
    locations: locations ?? [],
    ...(typeof format === 'string' ? { format } : {}),
  });
  const request = {
    sql: message.sql ?? '',
    settings: (message.settings ?? []).map(named),
    labels: (message.labels ?? []).map(named),
    tables: (message.tables ?? []).map(table),
    subject: message.subject ?? '',
  };
  return { kind: 'job-requested', at, job: (message.job ?? '') as JobId, request };
}

function decodeSubmitted(message: volley.JobSubmitted.$Shape, at: number): RecordOf<'job-submitted'> {
  return {
    kind: 'job-submitted',
    at,
    job: (message.job ?? '') as JobId,
    graph: decodeStageGraphOutline(message.graph),
    settings: decodeSettings(message.settings),
    ...(typeof message.statement === 'string' ? { statement: message.statement } : {}),
  };
}

function decodeSettings(message: volley.JobSettings.$Shape | null | undefined): JobSettings {
  const settings = required(message, 'the settings field of a job');
  return {
    retries: settings.retries ?? 0,
    retryBudget: settings.retryBudget ?? 0,
    ...(settings.timeoutMs ? { timeoutMs: decodeCount(settings.timeoutMs, 'a timeout') } : {}),
    attemptTimeoutMs: decodeCount(settings.attemptTimeoutMs, 'a timeout'),
    taskMemoryMiB: settings.memoryMib ?? 0,
    inlineLimitBytes: decodeCount(settings.inlineLimitBytes, 'a limit'),
    resultFormat: storedFormats.decode(settings.resultFormat),
    ...(settings.lateWriteMs ? { lateWriteMs: decodeCount(settings.lateWriteMs, 'a time') } : {}),
    ...(settings.resultTtlMs ? { resultTtlMs: decodeCount(settings.resultTtlMs, 'a time') } : {}),
    ...(typeof settings.functionVersion === 'string' ? { functionVersion: settings.functionVersion } : {}),
  };
}

function decodeAttempt({ stage, task, attempt }: volley.AttemptStarted.$Shape | volley.TaskEnded.$Shape) {
  return { stage: stageId(stage), task: task ?? 0, attempt: (attempt ?? '') as AttemptId };
}
