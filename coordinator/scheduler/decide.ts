import type { ErrorCode } from '../../engine/errors.ts';
import type { StageId } from '../../engine/plan/stage.ts';
import type { RequestCounts } from '../../engine/store/request-counts.ts';
import type { AttemptId, TaskOutcome } from '../../engine/task/task.ts';
import { apply } from './apply.ts';
import { failureOf, type TaskFailure } from './failure.ts';
import type { FencingToken, JobError, JournaledOutcome, Millis } from './job.ts';
import { attemptId, indexKey, outputKey } from './keys.ts';
import type { JobRecord } from './records.ts';
import { longestThrottledMs, retryDelayMs, throttledDelayMs } from './retry-delay.ts';
import {
  isComplete,
  isReadable,
  type JobState,
  OVERDUE_GRACE_MS,
  runningAttempts,
  runningCount,
  type StageIndex,
  type StageState,
  stageOf,
  taskOf,
} from './state.ts';

/** An event that affects a job. Events are not journaled, but the decisions that they cause are. */
export type JobEvent =
  /** Time has passed, so retries, deadlines and free executors must be checked. */
  | { readonly kind: 'tick' }
  /** The concurrency limit has risen since attempts were last started. */
  | { readonly kind: 'capacity-raised' }
  | {
      readonly kind: 'attempt-ended';
      readonly stage: StageId;
      readonly task: number;
      readonly attempt: AttemptId;
      readonly outcome: TaskOutcome;
    }
  /** `requests` counts the store requests for writing the index. */
  | {
      readonly kind: 'index-written';
      readonly stage: StageId;
      readonly index: StageIndex;
      readonly requests: RequestCounts;
    }
  | {
      readonly kind: 'index-failed';
      readonly stage: StageId;
      readonly key: string;
      readonly code: ErrorCode;
      readonly message: string;
    }
  | { readonly kind: 'cancel'; readonly by: string }
  /**
   * A new owner continues the job. `renewTimeout` restarts the job's timeout. `adopted` contains outputs that were written but not
   * journaled.
   */
  | { readonly kind: 'take-over'; readonly renewTimeout: boolean; readonly adopted?: readonly AdoptedOutput[] };

/** The output of a running attempt whose outcome was not reported but whose object was found in the store. */
export interface AdoptedOutput {
  readonly stage: StageId;
  readonly task: number;
  readonly attempt: AttemptId;
  readonly outcome: Extract<JournaledOutcome, { kind: 'succeeded' }>;
}

/** The inputs of a decision other than the job and the event. */
export interface DecisionContext {
  readonly now: Millis;
  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** The fencing token of the owner that makes the decision. */
  readonly token: FencingToken;
  /** The maximum number of attempts that may run at the same time. */
  readonly concurrency: number;
}

/**
 * Decides how a job reacts to an event. Returns records that must all be journaled together before any of them is acted on. Outdated
 * events, such as the outcome of an abandoned attempt, cause no records. Pure.
 */
export function decide(job: JobState, event: JobEvent, context: DecisionContext): readonly JobRecord[] {
  if (job.end !== undefined) return [];
  const reaction = react(job, event, context);
  const after = reaction.reduce(apply, job);
  return [...reaction, ...proceed(after, context)];
}

function react(job: JobState, event: JobEvent, context: DecisionContext): readonly JobRecord[] {
  switch (event.kind) {
    case 'tick':
      return giveUpOverdue(job, context);
    case 'capacity-raised':
      return [];
    case 'attempt-ended':
      return settle(job, event, context);
    case 'index-written':
      return awaitsIndex(job, event.stage, event.index.key)
        ? [{ kind: 'stage-indexed', at: context.now, stage: event.stage, ...event.index, requests: event.requests }]
        : [];
    case 'index-failed':
      return awaitsIndex(job, event.stage, event.key) ? indexFailed(job, event, context) : [];
    case 'cancel':
      return job.cancelRequestedBy === undefined ? [{ kind: 'cancel-requested', at: context.now, by: event.by }] : [];
    case 'take-over':
      return takeOver(job, event, context);
    default:
      return event satisfies never;
  }
}

/** Ends the job if possible. Otherwise starts all attempts that can start. */
function proceed(job: JobState, context: DecisionContext): readonly JobRecord[] {
  if (job.end !== undefined) return [];
  const { now } = context;
  if (job.cancelRequestedBy !== undefined) {
    return [{ kind: 'job-ended', at: now, end: { kind: 'cancelled', by: job.cancelRequestedBy } }];
  }
  if (job.stages.every(isComplete)) return [{ kind: 'job-ended', at: now, end: { kind: 'succeeded' } }];
  if (isPastDeadline(job, now)) {
    const message =
      `The job did not end within its timeout of ${job.settings.timeoutMs} ms. ` +
      'Increase the setting timeout, or simplify the query.';
    return [failed(now, { code: 'JOB_TIMEOUT', message, details: {} })];
  }
  return startAttempts(job, context);
}

function isPastDeadline(job: JobState, now: Millis): boolean {
  return job.deadline !== undefined && now >= job.deadline;
}

function startAttempts(job: JobState, { now, token, concurrency }: DecisionContext): readonly JobRecord[] {
  let free = concurrency - runningCount(job);
  let number = job.attempts;
  const deadline = Math.min(now + job.settings.attemptTimeoutMs, job.deadline ?? Number.POSITIVE_INFINITY);
  const records: JobRecord[] = [];
  for (const stage of job.stages) {
    if (free <= 0) break;
    if (isComplete(stage) || !canStart(job, stage)) continue;
    for (const task of startable(stage, now)) {
      if (free <= 0) break;
      const attempt = attemptId(token, number);
      records.push({ kind: 'attempt-started', at: now, stage: stage.stage.id, task, attempt, deadline });
      number += 1;
      free -= 1;
    }
  }
  return records;
}

/** Yields the tasks of a stage that may start now. Retries come first, because other tasks have been waiting for them longest. */
function* startable(stage: StageState, now: Millis): Generator<number> {
  for (const task of stage.waiting) {
    const state = stage.tasks.at(task);
    if (state?.kind === 'waiting' && state.notBefore <= now) yield task;
  }
  for (let task = stage.firstPending; task < stage.tasks.length; task += 1) {
    if (stage.tasks.at(task)?.kind === 'pending') yield task;
  }
}

function canStart(job: JobState, stage: StageState): boolean {
  return stage.stage.dependsOn.every((id) => isReadable(stageOf(job, id)));
}

function settle(
  job: JobState,
  event: Extract<JobEvent, { kind: 'attempt-ended' }>,
  context: DecisionContext,
): readonly JobRecord[] {
  const { stage, task, attempt } = event;
  const state = taskOf(job, stage, task);
  if (state.kind !== 'running' || state.attempt !== attempt) return [];
  const outcome = withoutFooter(rejectForeignOutput(job, event));
  const ended: JobRecord = { kind: 'task-ended', at: context.now, stage, task, attempt, outcome };
  if (outcome.kind === 'succeeded') return [ended];
  const after = apply(job, ended);
  const { failures } = taskOf(after, stage, task);
  const failure = failureOf(after, { stage, task, attempts: failures }, outcome);
  const follow = outcome.kind === 'throttled' ? afterThrottling : afterFailure;
  return [ended, ...follow(after, failure, context)];
}

/** Retries a throttled task without a limit on attempts, until the job times out or has made no progress for `longestThrottledMs`. */
function afterThrottling(job: JobState, failure: TaskFailure, { now, random }: DecisionContext): readonly JobRecord[] {
  if (isPastDeadline(job, now)) return [];
  const throttledMs = now - (job.throttledSince ?? now);
  if (throttledMs >= longestThrottledMs(job.settings)) return [failed(now, failure.error)];
  return [retry(failure, now, throttledDelayMs(throttledMs, random()))];
}

/** Decides whether a failed attempt restarts the job, is retried, or fails the job. */
function afterFailure(job: JobState, failure: TaskFailure, context: DecisionContext): readonly JobRecord[] {
  const { now, random } = context;
  // The error must report the job's timeout, not the task that the timeout interrupted.
  if (isPastDeadline(job, now)) return [];
  if (failure.error.code === 'SHUFFLE_LOST') return [restartOrFail(job, failure.error, now)];
  if (!failure.retryable || failure.attempts > job.settings.retries) return [failed(now, failure.error)];
  if (job.retriesUsed >= job.settings.retryBudget) {
    const message = `${failure.error.message} All ${job.settings.retryBudget} retries of the job are used up. If the failures are temporary, increase the setting retries.`;
    return [failed(now, { ...failure.error, message })];
  }
  return [retry(failure, now, retryDelayMs(failure.attempts, random()))];
}

function retry({ stage, task }: TaskFailure, now: Millis, delayMs: number): JobRecord {
  return { kind: 'retry-scheduled', at: now, stage, task, notBefore: now + delayMs };
}

/**
 * Restarts the whole job once. A single lost output is not recomputed, because its rows may differ from the rows that other tasks have
 * already read. Restarting is safe, because no part of a result is returned before the job has ended.
 */
function restartOrFail(job: JobState, error: JobError, now: Millis): JobRecord {
  if (job.restarts > 0) return failed(now, error);
  return { kind: 'job-restarted', at: now, reason: error.message };
}

function indexFailed(
  job: JobState,
  event: Extract<JobEvent, { kind: 'index-failed' }>,
  { now }: DecisionContext,
): readonly JobRecord[] {
  const error: JobError = {
    code: event.code,
    message: `The shuffle index of stage ${event.stage} could not be written: ${event.message}`,
    details: { stage: event.stage },
  };
  return [error.code === 'SHUFFLE_LOST' ? restartOrFail(job, error, now) : failed(now, error)];
}

function giveUpOverdue(job: JobState, context: DecisionContext): readonly JobRecord[] {
  const records: JobRecord[] = [];
  let after = job;
  for (const { stage, task, state } of runningAttempts(job)) {
    if (after.end !== undefined) break;
    if (context.now < state.deadline + OVERDUE_GRACE_MS) continue;
    const event = {
      kind: 'attempt-ended',
      stage,
      task,
      attempt: state.attempt,
      outcome: { kind: 'timed-out' },
    } as const;
    const decided = settle(after, event, context);
    records.push(...decided);
    after = decided.reduce(apply, after);
  }
  return records;
}

function takeOver(
  job: JobState,
  { renewTimeout, adopted = [] }: Extract<JobEvent, { kind: 'take-over' }>,
  { now, token }: DecisionContext,
): readonly JobRecord[] {
  const finished = new Map(adopted.map(({ attempt, outcome }) => [attempt, outcome]));
  const { timeoutMs } = job.settings;
  const deadline = renewTimeout && timeoutMs !== undefined ? { deadline: now + timeoutMs } : {};
  const records: JobRecord[] = [{ kind: 'job-resumed', at: now, token, ...deadline }];
  for (const { stage, task, state } of runningAttempts(job)) {
    const outcome = finished.get(state.attempt);
    const { attempt } = state;
    if (outcome !== undefined) records.push({ kind: 'task-ended', at: now, stage, task, attempt, outcome });
    else records.push({ kind: 'attempt-abandoned', at: now, stage, task, attempt, reason: 'its owner was lost' });
  }
  return records;
}

function awaitsIndex(job: JobState, stage: StageId, key: string): boolean {
  const state = stageOf(job, stage);
  return isComplete(state) && state.index === undefined && key === indexKey(job, stage, job.restarts);
}

function failed(at: Millis, error: JobError): JobRecord {
  return { kind: 'job-ended', at, end: { kind: 'failed', error } };
}

/**
 * Turns an outcome whose output belongs to another attempt into a failure. The executor has a defect, and its output must not be used for
 * this task.
 */
function rejectForeignOutput(job: JobState, event: Extract<JobEvent, { kind: 'attempt-ended' }>): TaskOutcome {
  if (event.outcome.kind !== 'succeeded') return event.outcome;
  const { output } = event.outcome;
  const { stage } = stageOf(job, event.stage);
  const expected = outputKey(job, stage, event.task, event.attempt);
  if (output.kind === 'object' ? output.key === expected : stage.output.kind === 'result') return event.outcome;
  const given = output.kind === 'object' ? output.key : 'an inline result';
  const message = `An executor returned ${given}, but ${expected} was expected. Report this as a bug.`;
  return { kind: 'failed', code: 'INTERNAL', message, retryable: false, details: {} };
}

function withoutFooter(outcome: TaskOutcome): JournaledOutcome {
  if (outcome.kind !== 'succeeded') return outcome;
  const { output } = outcome;
  if (output.kind === 'inline') return { ...outcome, output };
  const { kind, key, identity, rows } = output;
  return { ...outcome, output: { kind, key, identity, rows } };
}
