import { FabricError } from '../../engine/errors.ts';
import type { AttemptId, JobId } from '../../engine/execute/task.ts';
import { decodeOutcomeMessage, resultFormats } from '../../engine/execute/wire.ts';
import { decodeCount, decodeIdentity, decodeStageGraphMessage, stageId } from '../../engine/plan/wire/decode-stages.ts';
import { encodeIdentity, encodeStageGraphMessage } from '../../engine/plan/wire/encode-stages.ts';
import { required, tooNew } from '../../engine/plan/wire/faults.ts';
import { longFromCount, uint32 } from '../../engine/plan/wire/integers.ts';
import { fromBytes, toBytes } from '../../engine/plan/wire/message.ts';
import { checkHeader, encodeHeader } from '../../engine/plan/wire/version.ts';
import { volley } from '../../proto/generated/volley.js';
import type { FencingToken, JobRecord, JobSettings } from '../scheduler/records.ts';
import { decodeEnd, encodeEnd, encodeJournaledOutcome } from './ending-codec.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot-codec.ts';

type RecordOf<Kind extends JobRecord['kind']> = Extract<JobRecord, { kind: Kind }>;

/** The bytes of one record. Throws `PLAN_UNSUPPORTED` where the plan it holds is nested too deeply. */
export function encodeRecord(record: JobRecord): Uint8Array {
  return toBytes(volley.JobRecord, encodeRecordMessage, record, 'record');
}

/** Reads `encodeRecord`. Throws `VERSION_SKEW` for a record of a newer version, else `JOURNAL_CORRUPT`, whatever the bytes are. */
export function decodeRecord(bytes: Uint8Array): JobRecord {
  try {
    return fromBytes(volley.JobRecord, decodeRecordMessage, bytes, 'record');
  } catch (thrown) {
    if (!(thrown instanceof FabricError) || thrown.code !== 'MESSAGE_INVALID') throw thrown;
    throw new FabricError('JOURNAL_CORRUPT', `A record of the journal is damaged: ${thrown.message}`, {
      cause: thrown,
    });
  }
}

function encodeRecordMessage(record: JobRecord): volley.JobRecord.$Properties {
  return { header: encodeHeader(), atMs: longFromCount(record.at), ...encodeDecision(record) };
}

function encodeDecision(record: JobRecord): volley.JobRecord.$Properties {
  switch (record.kind) {
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
      const { stage, key, identity } = record;
      return { stageIndexed: { stage, key, identity: encodeIdentity(identity) } };
    }
    case 'job-restarted':
      return { jobRestarted: { reason: record.reason } };
    case 'job-snapshot':
      return { jobSnapshot: encodeSnapshot(record.snapshot) };
    case 'cancel-requested':
      return { cancelRequested: { by: record.by } };
    case 'job-ended':
      return { jobEnded: encodeEnd(record.end) };
    default:
      return record satisfies never;
  }
}

function decodeRecordMessage(message: volley.JobRecord.$Shape): JobRecord {
  checkHeader(message.header, 'any');
  const at = decodeCount(message.atMs, 'a time');
  switch (message.kind) {
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
      const { stage, key, identity } = message.stageIndexed;
      return { kind: 'stage-indexed', at, stage: stageId(stage), key: key ?? '', identity: decodeIdentity(identity) };
    }
    case 'jobRestarted':
      return { kind: 'job-restarted', at, reason: message.jobRestarted.reason ?? '' };
    case 'jobSnapshot':
      return { kind: 'job-snapshot', at, snapshot: decodeSnapshot(message.jobSnapshot) };
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

function decodeAttempt({ stage, task, attempt }: volley.AttemptStarted.$Shape | volley.TaskEnded.$Shape) {
  return { stage: stageId(stage), task: task ?? 0, attempt: (attempt ?? '') as AttemptId };
}

function encodeSubmitted(record: RecordOf<'job-submitted'>): volley.JobSubmitted.$Properties {
  return {
    job: record.job,
    graph: encodeStageGraphMessage(record.graph),
    settings: encodeSettings(record.settings),
    statement: record.statement ?? null,
  };
}

function decodeSubmitted(message: volley.JobSubmitted.$Shape, at: number): RecordOf<'job-submitted'> {
  return {
    kind: 'job-submitted',
    at,
    job: (message.job ?? '') as JobId,
    graph: decodeStageGraphMessage(message.graph),
    settings: decodeSettings(message.settings),
    ...(typeof message.statement === 'string' ? { statement: message.statement } : {}),
  };
}

function encodeSettings(settings: JobSettings): volley.JobSettings.$Properties {
  return {
    retries: uint32(settings.retries),
    retryBudget: uint32(settings.retryBudget),
    timeoutMs: settings.timeoutMs === undefined ? null : longFromCount(settings.timeoutMs),
    attemptTimeoutMs: longFromCount(settings.attemptTimeoutMs),
    memoryMib: uint32(settings.memoryMiB),
    inlineLimitBytes: longFromCount(settings.inlineLimitBytes),
    resultFormat: resultFormats.encode(settings.resultFormat),
  };
}

function decodeSettings(message: volley.JobSettings.$Shape | null | undefined): JobSettings {
  const settings = required(message, 'the settings of a job');
  return {
    retries: settings.retries ?? 0,
    retryBudget: settings.retryBudget ?? 0,
    ...(settings.timeoutMs ? { timeoutMs: decodeCount(settings.timeoutMs, 'a timeout') } : {}),
    attemptTimeoutMs: decodeCount(settings.attemptTimeoutMs, 'a timeout'),
    memoryMiB: settings.memoryMib ?? 0,
    inlineLimitBytes: decodeCount(settings.inlineLimitBytes, 'a limit'),
    resultFormat: resultFormats.decode(settings.resultFormat),
  };
}
