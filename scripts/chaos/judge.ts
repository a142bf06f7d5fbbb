/** What must be true after a run, whatever went wrong in it. */
import assert from 'node:assert/strict';
import type { JobRecord } from '../../coordinator/scheduler/records.ts';
import type { ErrorCode } from '../../engine/errors.ts';
import { assertSameAnswer } from '../../test/tpch/compare.ts';
import { answerOfJob } from '../servers/volley-serve.ts';
import type { ClientEnd, ClientError } from './client.ts';
import type { ChaosCluster } from './cluster.ts';
import type { ChaosQuery } from './queries.ts';

/** What a job may fail with once its retries are used up. */
const USED_UP: ReadonlySet<string> = new Set<ErrorCode>([
  'EXECUTOR_LOST',
  'TASK_TIMEOUT',
  'STORE_FAILED',
  'SHUFFLE_LOST',
]);

/** What the journal tells of how hard it was. */
export interface Effort {
  readonly attempts: number;
  readonly retries: number;
  /** Attempts that were given up with their owner. */
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

/** Why a job's end is wrong; nothing where it is right: the query's rows, or one error that says that retries are used up. */
export function wrongEnd(end: ClientEnd, query: ChaosQuery, records: readonly JobRecord[]): readonly string[] {
  switch (end.kind) {
    case 'succeeded':
      return failureOf(() => assertSameAnswer(answerOfJob({ id: '', tasks: 0, ...end }), query.expected));
    case 'failed':
      return wrongError(end.error, records);
    case 'hung':
      return [`the job has not ended within its time limit; the last answer: ${end.last}`];
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
  // A job starts again once.
  if (code === 'SHUFFLE_LOST') return records.some(({ kind }) => kind === 'job-restarted');
  // Of what no task does there are only the indexes of stages, whose writers try again by themselves.
  if (task === undefined) return code === 'STORE_FAILED' && stage !== undefined;
  const submitted = records.find((record) => record.kind === 'job-submitted');
  if (submitted?.kind !== 'job-submitted') return false;
  // What was refused before it ran uses up no retries.
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

/** Tasks that were started again although they had succeeded, in a job that did not start again from its inputs. */
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

/** When the last attempt must have ended, in ms since the epoch; when the job was asked for, where there was none. */
export function lastDeadline(records: readonly JobRecord[]): number {
  return records.reduce(
    (last, record) => Math.max(last, record.kind === 'attempt-started' ? record.deadline : record.at),
    0,
  );
}

/** What the bucket holds of a job, or of all, uploads that are open included. */
export async function leftOf({ jobs }: Pick<ChaosCluster, 'jobs'>, job = ''): Promise<readonly string[]> {
  const left: string[] = [];
  for await (const { key } of jobs.list('')) if (key.includes(job)) left.push(key);
  for await (const { key } of jobs.listUploads('')) if (key.includes(job)) left.push(`${key} (open upload)`);
  return left;
}

function failureOf(check: () => void): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof assert.AssertionError)) throw error;
    return [`wrong rows: ${error.message}`];
  }
}
