import type { StageGraph, StageId } from '../../engine/plan/stage.ts';
import {
  addStoreRequests,
  NO_REQUESTS,
  NO_STORE_REQUESTS,
  type StoreRequests,
} from '../../engine/store/request-counts.ts';
import type { JobRecord, JournaledOutcome, RecordOf } from './records.ts';
import { restore } from './snapshot.ts';
import type { JobState, StageState, TaskState } from './state.ts';
import { taskOf } from './state.ts';

/**
 * Folds one record into a job's state. Pure: replaying a job's records gives the same state. The first record of a job is
 * `job-submitted`; records that cannot follow what came before are a defect of the one who wrote them: throws.
 */
export function apply(job: JobState | undefined, record: JobRecord): JobState {
  if (record.kind === 'job-submitted') {
    if (job !== undefined) throw new Error(`Job ${job.job} was submitted twice.`);
    return submitted(record);
  }
  if (job === undefined) throw new Error(`The records of a job begin with ${record.kind}, not with job-submitted.`);
  if (job.end !== undefined) throw new Error(`Job ${job.job} has ended; ${record.kind} cannot follow.`);
  switch (record.kind) {
    case 'job-resumed':
      return { ...job, resumedBy: record.token, ...(record.deadline !== undefined && { deadline: record.deadline }) };
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
      return { ...job, stages: freshStages(job.graph), restarts: job.restarts + 1 };
    case 'job-snapshot':
      return restore(job, record.snapshot);
    case 'cancel-requested':
      return { ...job, cancelRequestedBy: record.by };
    case 'job-ended':
      return { ...job, end: record.end, endedAt: record.at };
    default:
      return record satisfies never;
  }
}

/** The state that a job's records tell. Throws when there are none, or as `apply` does. */
export function fold(records: readonly JobRecord[]): JobState {
  const job = records.reduce<JobState | undefined>(apply, undefined);
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
  return graph.stages.map((stage) => ({
    stage,
    tasks: Array.from({ length: stage.taskCount }, () => ({ kind: 'pending', failures: 0 }) as const),
    succeeded: 0,
    running: 0,
  }));
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
  const after = spent(job, requestsOf(outcome));
  if (outcome.kind !== 'succeeded') {
    return withTask(after, record, { kind: 'failed', failures: before.failures + 1, outcome });
  }
  const { output, statistics } = outcome;
  return withTask(after, record, { kind: 'succeeded', failures: before.failures, attempt, output, statistics });
}

/** The job with what somebody asked of stores for it. */
function spent(job: JobState, requests: StoreRequests | undefined): JobState {
  return requests === undefined ? job : { ...job, requests: addStoreRequests(job.requests, requests) };
}

function requestsOf(outcome: JournaledOutcome): StoreRequests | undefined {
  switch (outcome.kind) {
    case 'succeeded':
      return outcome.statistics.requests;
    case 'failed':
    case 'timed-out':
      return outcome.requests;
    case 'throttled':
    case 'lost':
      return undefined;
    default:
      return outcome satisfies never;
  }
}

function abandoned(job: JobState, record: RecordOf<'attempt-abandoned'>): JobState {
  const before = taskOf(job, record.stage, record.task);
  if (before.kind !== 'running' || before.attempt !== record.attempt) throw impossible(job, record, before);
  return withTask(job, record, { kind: 'pending', failures: before.failures });
}

function retrying(job: JobState, record: RecordOf<'retry-scheduled'>): JobState {
  const before = taskOf(job, record.stage, record.task);
  if (before.kind !== 'failed') throw impossible(job, record, before);
  return withTask({ ...job, retriesUsed: job.retriesUsed + 1 }, record, {
    kind: 'waiting',
    failures: before.failures,
    notBefore: record.notBefore,
  });
}

function withStage(job: JobState, id: StageId, change: (stage: StageState) => StageState): JobState {
  return { ...job, stages: job.stages.map((stage) => (stage.stage.id === id ? change(stage) : stage)) };
}

function withTask(job: JobState, at: { readonly stage: StageId; readonly task: number }, after: TaskState): JobState {
  return withStage(job, at.stage, (stage) => {
    const before = stage.tasks[at.task];
    const countChange = (kind: TaskState['kind']) => Number(after.kind === kind) - Number(before?.kind === kind);
    return {
      ...stage,
      tasks: stage.tasks.with(at.task, after),
      succeeded: stage.succeeded + countChange('succeeded'),
      running: stage.running + countChange('running'),
    };
  });
}

function impossible(
  job: JobState,
  record: RecordOf<'attempt-started' | 'task-ended' | 'attempt-abandoned' | 'retry-scheduled'>,
  before: TaskState,
): Error {
  const where = `stage ${record.stage}, task ${record.task} of job ${job.job}`;
  return new Error(`${record.kind} cannot follow: ${where} is ${before.kind}.`);
}
