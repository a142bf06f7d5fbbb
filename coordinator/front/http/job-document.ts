import type { KnownJob } from '../../run/coordinator.ts';
import { progressOf } from '../../run/progress.ts';
import { endOf } from '../../scheduler/life.ts';
import type { Millis } from '../../scheduler/records.ts';
import type { JobState } from '../../scheduler/state.ts';

/** Where a job is in its life, as clients are told. */
export const JOB_STATES = ['queued', 'planning', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type JobStateName = (typeof JOB_STATES)[number];

/** A job's state in a word. One that somebody has and that is not planned is being planned. */
export function stateName({ life, owner }: KnownJob): JobStateName {
  const ended = endOf(life);
  if (ended !== undefined) return ended.end.kind;
  if (life.kind === 'planned') return 'running';
  return owner === undefined ? 'queued' : 'planning';
}

/** A job as `GET /v1/jobs/{id}` shows it. Times are ISO 8601; figures are of tasks that have succeeded. */
export function jobDocument(known: KnownJob): Readonly<Record<string, unknown>> {
  const { job, life, owner } = known;
  const ended = endOf(life);
  const request = life.request;
  const end = ended?.end;
  const state = life.kind === 'planned' ? life.state : undefined;
  return {
    id: job,
    state: stateName(known),
    sql: request?.sql ?? state?.statement ?? '',
    settings: Object.fromEntries(request?.settings ?? []),
    labels: Object.fromEntries(request?.labels ?? []),
    submittedAt: timeText(life.requestedAt),
    ...(state === undefined ? {} : { startedAt: timeText(state.submittedAt) }),
    ...(ended === undefined ? {} : { endedAt: timeText(ended.endedAt) }),
    ...(owner === undefined ? {} : { coordinator: owner }),
    ...(end?.kind === 'failed' ? { error: end.error } : {}),
    ...(end?.kind === 'cancelled' ? { cancelledBy: end.by } : {}),
    ...(state === undefined ? {} : planDocument(state)),
  };
}

function planDocument(state: JobState): Readonly<Record<string, unknown>> {
  const { stagesDone, stagesTotal, tasksRunning, tasksDone, tasksTotal, ...figures } = progressOf(state);
  return {
    ...(state.settings.functionVersion === undefined ? {} : { functionVersion: state.settings.functionVersion }),
    tasks: { total: tasksTotal, running: tasksRunning, succeeded: tasksDone },
    stages: state.stages.map(({ stage, tasks, succeeded, running }) => ({
      id: stage.id,
      dependsOn: stage.dependsOn,
      tasks: { total: tasks.length, running: state.end === undefined ? running : 0, succeeded },
    })),
    figures,
  };
}

function timeText(at: Millis): string {
  return new Date(at).toISOString();
}
