/** The conditions that hold after every run, whatever the fault. */
import assert from 'node:assert/strict';
import type { JobRecord } from '../../coordinator/scheduler/records.ts';
import type { ErrorCode } from '../../engine/errors.ts';
import { assertSameAnswer } from '../../test/tpch/compare.ts';
import { answerOfJob } from '../servers/volley-serve.ts';
import type { ClientEnd, ClientError } from './client.ts';
import type { ChaosCluster } from './cluster.ts';
import type { ChaosQuery } from './queries.ts';

/** The error codes with which a job may fail once its retries are exhausted. */
const USED_UP: ReadonlySet<string> = new Set<ErrorCode>([
  'EXECUTOR_LOST',
  'TASK_TIMEOUT',
  'STORE_FAILED',
  'SHUFFLE_LOST',
]);

/** The number of attempts and other events of a job, counted from its journal. */
export interface Effort {
  readonly attempts: number;
  readonly retries: number;
  /** Attempts abandoned because their owner was lost. */
  readonly abandoned: number;
  readonly adopted: number;
  readonly restarts: number;
  readonly takeOvers: number;
}

export function effortOf(records: readonly JobRecord[]): Effort {
  const count = (kind: JobRecord['kind']) => records.filter((record) => record.kind === kind).length;
  const resumedAt = new Set(records.flatMap((record) => (record.kind === 'job-resumed' ? [record.at] : [])));
  const adopted = records.filter((record) => record.kind === 'task-ended' && resumedAt.has(record.at));
  return {
    attempts: count('attempt-started'),
    retries: count('retry-scheduled'),
    abandoned: count('attempt-abandoned'),
    adopted: adopted.length,
    restarts: count('job-restarted'),
    takeOvers: count('job-resumed'),
  };
}

/**
 * Returns why a job's end is wrong. A job must end with the query's rows, or with an error that reports exhausted
 * retries.
 */
export function wrongEnd(end: ClientEnd, query: ChaosQuery, records: readonly JobRecord[]): readonly string[] {
  switch (end.kind) {
    case 'succeeded':
      return failureOf(() => assertSameAnswer(answerOfJob({ id: '', tasks: 0, ...end }), query.expected));
    case 'failed':
      return wrongError(end.error, records);
    case 'hung':
      return [`the job did not end within its time limit (last response: ${end.last})`];
    default:
      return end satisfies never;
  }
}

function wrongError({ code, message, details }: ClientError, records: readonly JobRecord[]): readonly string[] {
  if (!USED_UP.has(code)) return [`failed with ${code}: ${message}`];
  return isUsedUp(code, details, records)
    ? []
    : [`failed with ${code} after ${effortOf(records).attempts} attempts, with retries left: ${message}`];
}

function isUsedUp(code: string, { stage, task }: ClientError['details'], records: readonly JobRecord[]): boolean {
  // A job restarts once.
  if (code === 'SHUFFLE_LOST') return records.some(({ kind }) => kind === 'job-restarted');
  // Outside tasks, only writing a stage's index can fail. The writer of the index has its own retries.
  if (task === undefined) return code === 'STORE_FAILED' && stage !== undefined;
  const submitted = records.find((record) => record.kind === 'job-submitted');
  if (submitted?.kind !== 'job-submitted') return false;
  // Throttled attempts do not count as retries.
  const failures = records.filter(
    (record) =>
      record.kind === 'task-ended' && record.outcome.kind !== 'succeeded' && record.outcome.kind !== 'throttled',
  );
  const ofTask = failures.filter(
    (record) => record.kind === 'task-ended' && record.stage === stage && record.task === task,
  );
  const { retries, retryBudget } = submitted.settings;
  return ofTask.length > retries || failures.length > retryBudget;
}

/** Returns the tasks that started again after they had succeeded, although the job was not restarted. */
export function ranTwice(records: readonly JobRecord[]): readonly string[] {
  const finished = new Set<string>();
  const wrong: string[] = [];
  for (const record of records) {
    if (record.kind === 'job-restarted') finished.clear();
    if (record.kind !== 'attempt-started' && record.kind !== 'task-ended') continue;
    const task = `stage ${record.stage}, task ${record.task}`;
    if (finished.has(task)) wrong.push(`${task} had succeeded: ${record.kind}, attempt ${record.attempt}`);
    if (record.kind === 'task-ended' && record.outcome.kind === 'succeeded') finished.add(task);
  }
  return wrong;
}

/** Returns the last attempt's deadline in ms since the epoch, or the time of the request if there was no attempt. */
export function lastDeadline(records: readonly JobRecord[]): number {
  return records.reduce(
    (last, record) => Math.max(last, record.kind === 'attempt-started' ? record.deadline : record.at),
    0,
  );
}

/** Returns the contents of the bucket for one job or all jobs, including open uploads. */
export async function leftOf({ jobs }: Pick<ChaosCluster, 'jobs'>, job = ''): Promise<readonly string[]> {
  const left: string[] = [];
  for await (const { key } of jobs.list('')) if (key.includes(job)) left.push(key);
  for await (const { key } of jobs.listUploads('')) if (key.includes(job)) left.push(`${key} (open upload)`);
  return left;
}

export function failureOf(check: () => void): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof assert.AssertionError)) throw error;
    return [`wrong rows: ${error.message}`];
  }
}
