import type { ObjectStore } from '../../engine/store/object-store.ts';
import type { SharedJournal } from '../journal/journal.ts';
import { fold } from '../scheduler/apply.ts';
import type { Millis } from '../scheduler/records.ts';
import { deleteJobObjects } from './delete-objects.ts';

/**
 * Forgets the jobs that ended before a point in time: what is left of each in the store, then its records. Jobs that somebody owns
 * are left to their owner. Several coordinators may do this at once. Gives how many are gone; rejects as the journal and the
 * store do, and what is left then is removed by another call.
 */
export async function removeEndedJobs(journal: SharedJournal, store: ObjectStore, before: Millis): Promise<number> {
  let removed = 0;
  for (const job of await journal.endedBefore(before)) {
    const token = await journal.acquireUnowned(job);
    if (token === undefined) continue;
    try {
      const records = await journal.read(job);
      // None are left where another coordinator has removed the job since: it has deleted the objects too.
      if (records.length > 0) await deleteJobObjects(store, fold(records), []);
      await journal.remove(job, token);
      removed += 1;
    } finally {
      await journal.release(job, token);
    }
  }
  return removed;
}
