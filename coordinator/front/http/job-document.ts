import type { JobListing } from '../../jobs/coordinator.ts';
import type { Millis } from '../../scheduler/job.ts';
import type { JobSummary } from '../../scheduler/summary.ts';
import { waitingOf } from './waiting.ts';

/** The job states in API responses. */
export const JOB_STATES = ['queued', 'planning', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type JobStateName = (typeof JOB_STATES)[number];

/**
 * A job's state in one word. A job without an owner is queued, whether it has a plan or not. An owned job without a plan is being planned.
 */
export function stateName({ summary: { end, plan }, owner }: JobListing): JobStateName {
  if (end !== undefined) return end.kind;
  if (owner === undefined) return 'queued';
  return plan === undefined ? 'planning' : 'running';
}

/**
 * The document that `GET /v1/jobs/{id}` returns. Times are in ISO 8601. Figures cover succeeded tasks. `unavailableReason`: see
 * `waitingOf`.
 */
export function jobDocument(
  listing: JobListing,
  unavailableReason: string | undefined,
): Readonly<Record<string, unknown>> {
  const { summary, owner } = listing;
  const { job, request, requestedAt, plan, end, endedAt } = summary;
  const waiting = waitingOf(listing, unavailableReason);
  return {
    id: job,
    state: stateName(listing),
    sql: request?.sql ?? plan?.statement ?? '',
    settings: Object.fromEntries(request?.settings ?? []),
    labels: Object.fromEntries(request?.labels ?? []),
    submittedAt: timeText(requestedAt),
    ...(plan === undefined ? {} : { startedAt: timeText(plan.submittedAt) }),
    ...(endedAt === undefined ? {} : { endedAt: timeText(endedAt) }),
    ...(owner === undefined ? {} : { coordinator: owner }),
    ...(waiting === undefined ? {} : { waiting }),
    ...(end?.kind === 'failed' ? { error: end.error } : {}),
    ...(end?.kind === 'cancelled' ? { cancelledBy: end.by } : {}),
    ...(plan === undefined ? {} : planDocument(plan)),
  };
}

function planDocument(plan: NonNullable<JobSummary['plan']>): Readonly<Record<string, unknown>> {
  const { stages, progress, functionVersion } = plan;
  const { stagesDone: _done, stagesTotal: _total, tasksRunning, tasksDone, tasksTotal, ...figures } = progress;
  return {
    ...(functionVersion === undefined ? {} : { functionVersion }),
    tasks: { total: tasksTotal, running: tasksRunning, succeeded: tasksDone },
    stages: stages.map(({ id, dependsOn, tasks, running, succeeded }) => ({
      id,
      dependsOn,
      tasks: { total: tasks, running, succeeded },
    })),
    figures,
  };
}

function timeText(at: Millis): string {
  return new Date(at).toISOString();
}
