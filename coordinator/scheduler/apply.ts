import type { StageGraph, StageId } from '../../engine/plan/stage.ts';
import {
  addStoreRequests,
  NO_REQUESTS,
  NO_STORE_REQUESTS,
  type StoreRequests,
} from '../../engine/store/request-counts.ts';
import type { JournaledOutcome, Millis } from './job.ts';
import type { JobRecord, RecordOf } from './records.ts';
import { change, restore } from './snapshot.ts';
import { type JobState, runningAttempts, type StageState, stageWith, taskOf } from './state.ts';
import { TaskList } from './task-list.ts';
import type { TaskState } from './task-state.ts';

/**
 * Folds one record into a job's state. Pure, so replaying a job's records leads to the same state. The first record must be
 * `job-submitted`. An earlier `job-requested` record is read by `historyOf` instead. Throws if the record cannot follow the state, which
 * means that the writer of the record has a defect.
 */
export function apply(job: JobState | undefined, record: JobRecord): JobState {
  if (record.kind === 'job-requested')
    throw new Error(`The job-requested record of job ${record.job} cannot be folded into a state.`);
  if (record.kind === 'job-submitted') {
    if (job !== undefined) throw new Error(`Job ${job.job} was submitted twice.`);
    return submitted(record);
  }
  if (job === undefined) throw new Error(`The records of a job begin with ${record.kind}, not with job-submitted.`);
  if (job.end !== undefined) throw new Error(`${record.kind} cannot follow: job ${job.job} has ended.`);
  switch (record.kind) {
    case 'job-resumed':
      return resumed(job, record);
    case 'attempt-started':
      return started(job, record);
    case 'task-ended':
      return settled(job, record);
    case 'attempt-abandoned':
      return abandoned(job, record);
    case 'retry-scheduled':
      return retrying(job, record);
    case 'stage-indexed':
      return withStage(spent(job, { inputs: NO_REQUESTS, job: record.requests }), record.stage, (stage) => ({
        ...stage,
        index: { key: record.key, identity: record.identity },
      }));
    case 'job-restarted':
      return { ...lateWriters(job, record.at), stages: freshStages(job.graph), restarts: job.restarts + 1 };
    case 'job-snapshot':
      return restore(job, record.snapshot);
    case 'job-changes':
      return change(job, record.changes);
    case 'cancel-requested':
      return { ...job, cancelRequestedBy: record.by };
    case 'job-ended':
      return { ...lateWriters(job, record.at), end: record.end, endedAt: record.at };
    default:
      return record satisfies never;
  }
}

/** Folds a job's records, starting at its submission. Throws if there are no records, or if `apply` throws. */
export function fold(records: readonly JobRecord[]): JobState {
  const planned = records.filter(({ kind }) => kind !== 'job-requested');
  const job = planned.reduce<JobState | undefined>(apply, undefined);
  if (job === undefined) throw new Error('A job without records has no state.');
  return job;
}

function submitted(record: RecordOf<'job-submitted'>): JobState {
  return {
    job: record.job,
    graph: record.graph,
    settings: record.settings,
    ...(record.statement !== undefined && { statement: record.statement }),
    submittedAt: record.at,
    ...(record.settings.timeoutMs !== undefined && { deadline: record.at + record.settings.timeoutMs }),
    stages: freshStages(record.graph),
    attempts: 0,
    retriesUsed: 0,
    restarts: 0,
    requests: NO_STORE_REQUESTS,
  };
}

function freshStages(graph: StageGraph): StageState[] {
  const pending = { kind: 'pending', failures: 0 } as const;
  return graph.stages.map((stage) =>
    stageWith(stage, TaskList.of(Array.from({ length: stage.taskCount }, () => pending))),
  );
}

/** Restarts the throttling period for the new owner, because no attempt was started while the job had no owner. */
function resumed({ throttledSince: _before, ...job }: JobState, record: RecordOf<'job-resumed'>): JobState {
  return { ...job, resumedBy: record.token, ...(record.deadline !== undefined && { deadline: record.deadline }) };
}

function started(job: JobState, record: RecordOf<'attempt-started'>): JobState {
  const before = taskOf(job, record.stage, record.task);
  if (before.kind !== 'pending' && before.kind !== 'waiting') throw impossible(job, record, before);
  const { attempt, at: startedAt, deadline } = record;
  return withTask({ ...job, attempts: job.attempts + 1 }, record, {
    kind: 'running',
    failures: before.failures,
    attempt,
    startedAt,
    deadline,
  });
}

function settled(job: JobState, record: RecordOf<'task-ended'>): JobState {
  const before = taskOf(job, record.stage, record.task);
  if (before.kind !== 'running' || before.attempt !== record.attempt) throw impossible(job, record, before);
  const { outcome, attempt } = record;
  if (outcome.kind === 'throttled') {
    // A throttled attempt did not run, so it is not counted as a failure of the task.
    const { throttledSince = record.at } = job;
    return withTask({ ...job, throttledSince }, record, { kind: 'failed', failures: before.failures, outcome });
  }
  const { throttledSince: _ended, ...progressing } = job;
  const after = spent(progressing, requestsOf(outcome));
  if (outcome.kind !== 'succeeded') {
    const isUnheardOf = outcome.kind === 'lost' || outcome.kind === 'timed-out';
    const failed = isUnheardOf ? withLateWriter(after, before.deadline, record.at) : after;
    return withTask(failed, record, { kind: 'failed', failures: before.failures + 1, outcome });
  }
  const { output } = outcome;
  const { requests: _requests, ...statistics } = outcome.statistics;
  return withTask(after, record, { kind: 'succeeded', failures: before.failures, attempt, output, statistics });
}

/** Adds store requests to the job's total. */
function spent(job: JobState, requests: StoreRequests | undefined): JobState {
  return requests === undefined ? job : { ...job, requests: addStoreRequests(job.requests, requests) };
}

function requestsOf(outcome: Exclude<JournaledOutcome, { kind: 'throttled' }>): StoreRequests | undefined {
  switch (outcome.kind) {
    case 'succeeded':
      return outcome.statistics.requests;
    case 'failed':
    case 'timed-out':
      return outcome.requests;
    case 'lost':
      return undefined;
    default:
      return outcome satisfies never;
  }
}

function abandoned(job: JobState, record: RecordOf<'attempt-abandoned'>): JobState {
  const before = taskOf(job, record.stage, record.task);
  if (before.kind !== 'running' || before.attempt !== record.attempt) throw impossible(job, record, before);
  return withTask(withLateWriter(job, before.deadline, record.at), record, {
    kind: 'pending',
    failures: before.failures,
  });
}

function retrying(job: JobState, record: RecordOf<'retry-scheduled'>): JobState {
  const before = taskOf(job, record.stage, record.task);
  if (before.kind !== 'failed') throw impossible(job, record, before);
  const retriesUsed = job.retriesUsed + Number(before.outcome.kind !== 'throttled');
  return withTask({ ...job, retriesUsed }, record, {
    kind: 'waiting',
    failures: before.failures,
    notBefore: record.notBefore,
  });
}

/**
 * Extends `lateUntil` for an attempt that may still be running. It may write until its deadline, or for `lateWriteMs` if that is shorter.
 */
function withLateWriter(job: JobState, deadline: Millis, at: Millis): JobState {
  const until = Math.min(deadline, at + (job.settings.lateWriteMs ?? Number.POSITIVE_INFINITY));
  return { ...job, lateUntil: Math.max(job.lateUntil ?? 0, until) };
}

/** Extends `lateUntil` for all running attempts. */
function lateWriters(job: JobState, at: Millis): JobState {
  return [...runningAttempts(job)].reduce((after, { state }) => withLateWriter(after, state.deadline, at), job);
}

function withStage(job: JobState, id: StageId, change: (stage: StageState) => StageState): JobState {
  return { ...job, stages: job.stages.map((stage) => (stage.stage.id === id ? change(stage) : stage)) };
}

function withTask(job: JobState, at: { readonly stage: StageId; readonly task: number }, after: TaskState): JobState {
  return withStage(job, at.stage, (stage) => {
    const before = stage.tasks.at(at.task);
    const countChange = (kind: TaskState['kind']) => Number(after.kind === kind) - Number(before?.kind === kind);
    const tasks = stage.tasks.with(at.task, after);
    return {
      ...stage,
      tasks,
      succeeded: stage.succeeded + countChange('succeeded'),
      running: stage.running + countChange('running'),
      firstPending: firstPendingAfter(stage, at.task, tasks),
      waiting: countChange('waiting') === 0 ? stage.waiting : waitingAfter(stage, at.task, after),
    };
  });
}

/** Returns the new first pending task. Tasks start in order, so each task is visited only once unless attempts are abandoned. */
function firstPendingAfter({ firstPending }: StageState, changed: number, tasks: TaskList): number {
  if (tasks.at(changed)?.kind === 'pending') return Math.min(firstPending, changed);
  let first = firstPending;
  while (first < tasks.length && tasks.at(first)?.kind !== 'pending') first += 1;
  return first;
}

function waitingAfter({ waiting }: StageState, task: number, after: TaskState): readonly number[] {
  const others = waiting.filter((each) => each !== task);
  return after.kind === 'waiting' ? [...others, task].sort((a, b) => a - b) : others;
}

function impossible(
  job: JobState,
  record: RecordOf<'attempt-started' | 'task-ended' | 'attempt-abandoned' | 'retry-scheduled'>,
  before: TaskState,
): Error {
  const where = `stage ${record.stage}, task ${record.task} of job ${job.job}`;
  return new Error(`${record.kind} cannot follow: ${where} is ${before.kind}.`);
}
