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
import { mayHaveObjects } from '../scheduler/reconcile.ts';
import type { JobRecord } from '../scheduler/records.ts';
import type { JobState } from '../scheduler/state.ts';
import { adoptOutputs } from './adopt-outputs.ts';
import { deleteJobObjects } from './delete-objects.ts';
import { JobOwner, type OwnerContext } from './job-owner.ts';
import { raceAbort } from './race-abort.ts';

/** A new job: what it computes, and how. */
export interface RunJobOptions extends OwnerContext {
  readonly job: JobId;
  /** The caller's claim on the job, where it has one already. */
  readonly token?: FencingToken;
  readonly graph: StageGraph;
  readonly settings: JobSettings;
  /** The SQL, to be shown to whoever asks for the job later. */
  readonly statement?: string;
}

/** A job that another owner began. */
export interface ResumeJobOptions extends OwnerContext {
  readonly job: JobId;
  /** The caller's claim on the job, where it has one already. */
  readonly token?: FencingToken;
  /** Whether the job's timeout starts anew, as when a person resumes it long after its owner died. */
  readonly renewTimeout: boolean;
}

/** A job that has ended, well or not: `state.end` says how. */
export interface EndedJob {
  readonly state: JobState;
  /** The parts of the result in order: inline, or an object in the store. Empty unless the job succeeded. */
  readonly result: readonly JournaledOutput[];
  /** Where the result's objects are. What is read through it counts among the job's requests. */
  readonly store: MeteredStore;
  /** That all other objects of it were deleted; absent where that could not be done, or there were none. */
  readonly cleared?: Cleanup;
  /**
   * What was asked of stores for the job by now: by its tasks, for its indexes, and by this owner to hand its result out and to tidy up.
   * What an attempt asked that was lost is not known, nor how an earlier owner tidied up.
   */
  requests(): StoreRequests;
  /**
   * To be called, whatever the job's end, when its result has been read: deletes what is left of it in the store and then in the
   * journal. Until then the job can be asked for and its result be read again.
   */
  release(): Promise<void>;
}

/**
 * Runs a new job to its end. A job that fails or is cancelled (through `signal`) is a value, not an exception; rejects only if
 * this process cannot go on being the job's owner: `OWNERSHIP_LOST`, `STORE_FAILED` from the journal, or a defect. The job is then left
 * as it is for `resumeJob`, let go of unless the claim is the caller's.
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
  const owner = new JobOwner(fold([submitted]), token, { ...options, store }, [submitted]);
  return runToEnd(owner, { kind: 'tick' }, { job, token, journal, store }, options.token === undefined);
}

/**
 * Goes on with a job from its journal: tasks that have finished stay finished. Of attempts that were running, those whose output is whole
 * in the store are taken as finished; the others are started anew. A job that had already ended is given as it ended. Rejects with
 * `UNKNOWN_JOB`, and as `runJob` does.
 */
export async function resumeJob(options: ResumeJobOptions): Promise<EndedJob> {
  const { job, journal, renewTimeout } = options;
  if (options.token === undefined && (await journal.read(job)).length === 0) {
    throw new FabricError('UNKNOWN_JOB', `There is no job ${job} in the journal.`);
  }
  const store = metered(options.store);
  const token = options.token ?? (await journal.acquire(job));
  // Read as the owner: until the token was taken, the one before could still append.
  const state = fold(await journal.read(job));
  const adopted = await raceAbort(journal.ownership(job, token).lost, () => adoptOutputs(state, store));
  const owner = new JobOwner(state, token, { ...options, store }, []);
  return runToEnd(
    owner,
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

async function runToEnd(owner: JobOwner, first: JobEvent, owned: Owned, letGo: boolean): Promise<EndedJob> {
  try {
    const state = await owner.run(first);
    return ended(state, owner.cleared, owned);
  } catch (error) {
    // Whoever has the job next need not wait for this claim to run out.
    if (letGo) await owned.journal.release(owned.job, owned.token).catch(() => undefined);
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
