import { type Etcd3, FilterType } from 'etcd3';
import { jitteredMs } from '../../../engine/retry.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { untilAnswered } from './connection.ts';
import { follow } from './follow.ts';
import { type JournalKeys, jobOf, rangeOf } from './keys.ts';

/** Unowned jobs are listed again after 15 to 45 s. The random part prevents coordinators from listing at the same time. */
const MAX_LIST_AGAIN_MS = 45_000;
const LIST_AGAIN_JITTER = 2 / 3;

/**
 * Reports each unowned job (see `SharedJournal`), first all jobs that are already unowned, and then each job whose owner key is deleted.
 */
export async function watchUnowned(
  client: Etcd3,
  keys: JournalKeys,
  found: (job: JobId) => void,
  signal: AbortSignal,
): Promise<void> {
  await follow(client, {
    prefix: keys.owners,
    without: FilterType.Noput,
    // Jobs are listed again, because a job that the watch missed would otherwise never be found.
    againMs: () => jitteredMs(MAX_LIST_AGAIN_MS, LIST_AGAIN_JITTER, Math.random()),
    list: () => reportPresent(client, keys, found, signal),
    // An owner key is also deleted when its job has ended, was removed, or changed owners.
    changed: async ({ key }) => {
      const job = jobOf(key, keys.owners);
      if (await isUnowned(client, keys, job, signal)) found(job);
    },
    signal,
  });
}

/** Reports all currently unowned jobs. Returns the revision at which they were read. */
async function reportPresent(
  client: Etcd3,
  keys: JournalKeys,
  found: (job: JobId) => void,
  signal: AbortSignal,
): Promise<bigint> {
  const prefixes = [keys.jobs, keys.ends, keys.owners];
  const listing = await untilAnswered(
    'list the unowned jobs',
    (options) =>
      client
        .if(keys.jobs, 'Version', '==', 0)
        .then(...prefixes.map((prefix) => ({ request_range: { ...rangeOf(prefix), keys_only: true } })))
        .options(options)
        .commit(),
    { signal },
  );
  const [jobs = [], ended = [], owned = []] = listing.responses.map(({ response_range: range }, at) =>
    range.kvs.map(({ key }) => jobOf(key, prefixes[at] ?? '')),
  );
  const taken = new Set([...ended, ...owned]);
  for (const job of jobs) if (!taken.has(job)) found(job);
  return BigInt(listing.header.revision);
}

/** Returns whether a job has records, has not ended, and has no owner. */
export async function isUnowned(client: Etcd3, keys: JournalKeys, job: JobId, signal?: AbortSignal): Promise<boolean> {
  const { succeeded } = await untilAnswered(
    `look up job ${job}`,
    (options) =>
      client
        .if(keys.job(job), 'Create', '>', 0)
        .and(keys.end(job), 'Create', '==', 0)
        .and(keys.owner(job), 'Create', '==', 0)
        // The read makes the transaction return current data. Without it, a member would answer from its own state, which may be outdated.
        .then(client.get(keys.owner(job)))
        .options(options)
        .commit(),
    signal && { signal },
  );
  return succeeded;
}
