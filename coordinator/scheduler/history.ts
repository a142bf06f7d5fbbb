import type { JobId } from '../../engine/task/task.ts';
import { fold } from './apply.ts';
import type { JobEnd, JobRequest, Millis } from './job.ts';
import type { JobRecord } from './records.ts';
import type { JobState } from './state.ts';

/** A job from its request to its end. */
export type JobHistory =
  /** Not planned yet, or ended before it was. */
  | {
      readonly kind: 'requested';
      readonly job: JobId;
      readonly requestedAt: Millis;
      readonly request: JobRequest;
      readonly end?: JobEnd;
      readonly endedAt?: Millis;
    }
  /** `request` is absent if the submitter planned the job itself. */
  | { readonly kind: 'planned'; readonly requestedAt: Millis; readonly request?: JobRequest; readonly state: JobState };

/** Reads a job's history from its records. Undefined if there are no records. Throws as `apply` does. */
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

/** How and when a job ended; undefined while it is running. */
export function endingOf(history: JobHistory): { readonly end: JobEnd; readonly endedAt: Millis } | undefined {
  const { end, endedAt } = history.kind === 'planned' ? history.state : history;
  return end === undefined || endedAt === undefined ? undefined : { end, endedAt };
}

/** The records that end a job without its scheduler, as `decide` would write them: for a job that was never planned or cannot continue. */
export function endRecords(end: JobEnd, at: Millis): readonly JobRecord[] {
  const ended = { kind: 'job-ended', at, end } as const;
  return end.kind === 'cancelled' ? [{ kind: 'cancel-requested', at, by: end.by }, ended] : [ended];
}
