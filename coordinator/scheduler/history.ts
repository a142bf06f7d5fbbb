import type { JobId } from '../../engine/task/task.ts';
import { fold } from './apply.ts';
import type { JobEnd, JobRequest, Millis } from './job.ts';
import type { JobRecord } from './records.ts';
import type { JobState } from './state.ts';

/** The history of a job from its request to its end. */
export type JobHistory =
  /** The job is not planned yet, or ended before it was planned. */
  | {
      readonly kind: 'requested';
      readonly job: JobId;
      readonly requestedAt: Millis;
      readonly request: JobRequest;
      readonly end?: JobEnd;
      readonly endedAt?: Millis;
    }
  /** The job was planned. `request` is absent if the submitting program planned the job itself. */
  | { readonly kind: 'planned'; readonly requestedAt: Millis; readonly request?: JobRequest; readonly state: JobState };

/** Derives a job's history from its records. Returns undefined if there are no records. Throws the errors of `apply`. */
export function historyOf(records: readonly JobRecord[]): JobHistory | undefined {
  const [first] = records;
  if (first === undefined) return undefined;
  if (first.kind !== 'job-requested') return { kind: 'planned', requestedAt: first.at, state: fold(records) };
  const { at: requestedAt, job, request } = first;
  if (records.some(({ kind }) => kind === 'job-submitted')) {
    return { kind: 'planned', requestedAt, request, state: fold(records) };
  }
  const ended = records.find((record) => record.kind === 'job-ended');
  return {
    kind: 'requested',
    job,
    requestedAt,
    request,
    ...(ended?.kind === 'job-ended' && { end: ended.end, endedAt: ended.at }),
  };
}

/** Returns how and when a job ended, or undefined if it has not ended. */
export function endingOf(history: JobHistory): { readonly end: JobEnd; readonly endedAt: Millis } | undefined {
  const { end, endedAt } = history.kind === 'planned' ? history.state : history;
  return end === undefined || endedAt === undefined ? undefined : { end, endedAt };
}

/** Returns the records that end a job that was never planned or cannot continue. They are the same records that `decide` would return. */
export function endRecords(end: JobEnd, at: Millis): readonly JobRecord[] {
  const ended = { kind: 'job-ended', at, end } as const;
  return end.kind === 'cancelled' ? [{ kind: 'cancel-requested', at, by: end.by }, ended] : [ended];
}
