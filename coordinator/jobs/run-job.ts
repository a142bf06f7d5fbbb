import { FabricError } from '../../engine/errors.ts';
import type { StageGraph } from '../../engine/plan/stage.ts';
import { metered } from '../../engine/store/metered.ts';
import type { MeteredStore } from '../../engine/store/object-store.ts';
import { addStoreRequests, NO_REQUESTS, type StoreRequests } from '../../engine/store/request-counts.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { Cleanup, Journal } from '../journal/journal.ts';
import { fold } from '../scheduler/apply.ts';
import type { JobEvent } from '../scheduler/decide.ts';
import type { FencingToken, JobSettings, JournaledOutput } from '../scheduler/job.ts';
import { mayHaveObjects } from '../scheduler/job-objects.ts';
import type { JobRecord } from '../scheduler/records.ts';
import type { JobState } from '../scheduler/state.ts';
import { deleteJobObjects } from './delete-objects.ts';
import { type JobContext, JobLoop } from './job-loop.ts';
import { adoptOutputs } from './task-outputs.ts';

/** A new job. */
export interface RunJobOptions extends JobContext {
  readonly job: JobId;
  /** The caller's fencing token, if the caller already owns the job. */
  readonly token?: FencingToken;
  readonly graph: StageGraph;
  readonly settings: JobSettings;
  /** The SQL to display with the job. */
  readonly statement?: string;
}

/** A job that another owner started. */
export interface ResumeJobOptions extends JobContext {
  readonly job: JobId;
  /** The caller's fencing token, if the caller already owns the job. */
  readonly token?: FencingToken;
  /** Whether to restart the job's timeout. Used when a user resumes a job long after its owner died. */
  readonly renewTimeout: boolean;
}

/** A job that has ended. `state.end` contains the outcome. */
export interface EndedJob {
  readonly state: JobState;
  /** The parts of the result in order. Each part is either inline or an object in the store. Empty unless the job succeeded. */
  readonly result: readonly JournaledOutput[];
  /** The store that contains the result's objects. Reads from it are counted as requests of the job. */
  readonly store: MeteredStore;
  /** The cleanup that deleted all other objects of the job. Absent if the deletion failed or the job had no other objects. */
  readonly cleared?: Cleanup;
  /**
   * Returns the number of store requests made for the job so far. This includes requests of its tasks, of its index writes, and of this
   * owner for reading the result and for cleanup. Requests of lost attempts and of an earlier owner's cleanup are unknown and not included.
   */
  requests(): StoreRequests;
  /**
   * Deletes the job's remaining objects from the store, and then the job from the journal. Must be called after the result has been read,
   * regardless of how the job ended. Until then, the job exists and its result can be read again.
   */
  release(): Promise<void>;
}

/**
 * Runs a new job to its end. A job that fails or is cancelled through `signal` is returned as an `EndedJob`. Rejects only
 * if this process cannot continue as the job's owner, with `OWNERSHIP_LOST`, with `STORE_FAILED` from the journal, or because of a bug. The
 * job then stays in its current state for `resumeJob`, and is released unless the caller passed a token.
 */
export async function runJob(options: RunJobOptions): Promise<EndedJob> {
  const { job, graph, settings, statement, journal, clock } = options;
  const store = metered(options.store);
  const token = options.token ?? (await journal.acquire(job));
  const submitted: JobRecord = {
    kind: 'job-submitted',
    at: clock.now(),
    job,
    graph,
    settings,
    ...(statement !== undefined && { statement }),
  };
  const loop = new JobLoop(fold([submitted]), token, { ...options, store }, [submitted]);
  return runToEnd(loop, { kind: 'tick' }, { job, token, journal, store }, options.token === undefined);
}

/**
 * Takes over a job from its journal. Finished tasks stay finished. Running attempts whose complete output is in the store count as
 * finished, and the tasks of all other running attempts are started again. A job that has already ended is returned unchanged. Rejects with
 * `UNKNOWN_JOB`, or with the errors of `runJob`.
 */
export async function resumeJob(options: ResumeJobOptions): Promise<EndedJob> {
  const { job, journal, renewTimeout } = options;
  if (options.token === undefined && (await journal.read(job)).length === 0) {
    throw new FabricError('UNKNOWN_JOB', `The journal has no job ${job}.`);
  }
  const store = metered(options.store);
  const token = options.token ?? (await journal.acquire(job));
  // The records must be read after the token is acquired. Until then, the previous owner could still append.
  const state = fold(await journal.read(job));
  const adopted = await raceAbort(journal.ownership(job, token).lost, () => adoptOutputs(state, store));
  const loop = new JobLoop(state, token, { ...options, store }, []);
  return runToEnd(
    loop,
    { kind: 'take-over', renewTimeout, adopted },
    { job, token, journal, store },
    options.token === undefined,
  );
}

interface Owned {
  readonly job: JobId;
  readonly token: FencingToken;
  readonly journal: Journal;
  readonly store: MeteredStore;
}

async function runToEnd(loop: JobLoop, first: JobEvent, owned: Owned, releases: boolean): Promise<EndedJob> {
  try {
    const state = await loop.run(first);
    return ended(state, loop.cleared, owned);
  } catch (error) {
    // The release lets the next owner start without waiting for this claim to expire.
    if (releases) await owned.journal.release(owned.job, owned.token).catch(() => undefined);
    throw error;
  }
}

function ended(state: JobState, cleared: Cleanup | undefined, { token, journal, store }: Owned): EndedJob {
  return {
    state,
    result: resultParts(state),
    store,
    ...(cleared !== undefined && { cleared }),
    requests: () => addStoreRequests(state.requests, { inputs: NO_REQUESTS, job: store.counts() }),
    async release() {
      if (mayHaveObjects(state)) await deleteJobObjects(store, state, []);
      await journal.remove(state.job, token);
    },
  };
}

/** The parts of a job's result in order. Empty unless the job succeeded. */
export function resultParts(state: JobState): readonly JournaledOutput[] {
  if (state.end?.kind !== 'succeeded') return [];
  const tasks = state.stages
    .filter((stage) => stage.stage.output.kind === 'result')
    .flatMap((stage) => [...stage.tasks]);
  return tasks.flatMap((task) => (task.kind === 'succeeded' ? [task.output] : []));
}

/** Returns the result of `work`. If the signal aborts first, rejects with the signal's reason, but does not stop `work`. */
export async function raceAbort<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const listening = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: listening.signal });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    listening.abort();
  }
}
