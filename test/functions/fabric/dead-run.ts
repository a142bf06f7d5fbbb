import { openFileJournal } from '../../../coordinator/journal/file.ts';
import type { JobEnd } from '../../../coordinator/scheduler/job.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { createRun } from '../../../functions/fabric/run-directory.ts';

/** Creates the run of a dead process with one job, which is unfinished if `end` is missing. Returns the path of the run. */
export async function deadRun(state: string, id: string, end?: JobEnd, store?: string): Promise<string> {
  const run = await createRun(state, store);
  const journal = openFileJournal(run.journal);
  const job = id as JobId;
  const token = await journal.acquire(job);
  await journal.append(job, token, [
    {
      kind: 'job-submitted',
      at: 1,
      job,
      graph: { tables: [], stages: [], columns: [], timeZone: 'UTC' },
      settings: {
        retries: 0,
        retryBudget: 0,
        attemptTimeoutMs: 1000,
        taskMemoryMiB: 128,
        inlineLimitBytes: 0,
        resultFormat: 'arrow',
      },
    },
    ...(end === undefined ? [] : [{ kind: 'job-ended' as const, at: 2, end }]),
  ]);
  await journal.close();
  await run.close(false);
  return run.path;
}
