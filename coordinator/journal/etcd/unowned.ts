import { type Etcd3, FilterType, type IWatchResponse } from 'etcd3';
import type { JobId } from '../../../engine/execute/task.ts';
import { pause, untilAnswered } from './connection.ts';
import { type JournalKeys, jobOf, rangeOf } from './keys.ts';

/** Between the end of a watch and the listing that follows it. */
const PAUSE_MS = 200;

/**
 * Reports each job that nobody owns, see `SharedJournal`. Whatever ends a watch (etcd gone, its history compacted, permissions
 * changed), what it may have missed is listed and another is opened: a watch is never trusted beyond its end. Works on the bare
 * stream, since etcd3's watcher neither attaches again after a compaction nor lets itself be cancelled then.
 */
export async function watchUnowned(
  client: Etcd3,
  keys: JournalKeys,
  found: (job: JobId) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const revision = await reportPresent(client, keys, found, signal);
      await followOwners(client, keys, found, revision, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    await pause(PAUSE_MS, signal).catch(() => undefined);
  }
}

/** Reports those there are. Gives the revision at which they were. */
async function reportPresent(
  client: Etcd3,
  keys: JournalKeys,
  found: (job: JobId) => void,
  signal: AbortSignal,
): Promise<bigint> {
  const prefixes = [keys.jobs, keys.ends, keys.owners];
  const listing = await untilAnswered(
    'list the jobs without an owner',
    (options) =>
      client
        .if(keys.jobs, 'Version', '==', 0)
        .then(...prefixes.map((prefix) => ({ request_range: { ...rangeOf(prefix), keys_only: true } })))
        .options(options)
        .commit(),
    { signal, callMs: () => Number.POSITIVE_INFINITY },
  );
  const [jobs = [], ended = [], owned = []] = listing.responses.map(({ response_range: range }, at) =>
    range.kvs.map(({ key }) => jobOf(key, prefixes[at] ?? '')),
  );
  const taken = new Set([...ended, ...owned]);
  for (const job of jobs) if (!taken.has(job)) found(job);
  return BigInt(listing.header.revision);
}

/** Watches for owners that let go or vanish. Settles when the watch ends, for whatever reason: the listing that follows finds out. */
async function followOwners(
  client: Etcd3,
  keys: JournalKeys,
  found: (job: JobId) => void,
  revision: bigint,
  signal: AbortSignal,
): Promise<void> {
  const stream = await client.watchClient.watch().catch(() => undefined);
  if (stream === undefined) return;
  const stop = () => stream.cancel();
  signal.addEventListener('abort', stop);
  let checked = Promise.resolve();
  try {
    await new Promise<void>((resolve, reject) => {
      stream.on('error', () => resolve());
      stream.on('end', resolve);
      stream.on('data', (response: IWatchResponse) => {
        if (response.canceled) return resolve();
        for (const { kv } of response.events) {
          const job = jobOf(kv.key, keys.owners);
          checked = checked.then(() => reportIfUnowned(client, keys, job, found, signal)).catch(reject);
        }
      });
      if (signal.aborted) return resolve();
      const start = { start_revision: String(revision + 1n), filters: [FilterType.Noput] };
      stream.write({ create_request: { ...rangeOf(keys.owners), ...start } });
    });
  } finally {
    signal.removeEventListener('abort', stop);
    stream.cancel();
    await checked;
  }
}

/** An owner also goes when its job was removed or has ended, or because another has it by now. */
async function reportIfUnowned(
  client: Etcd3,
  keys: JournalKeys,
  job: JobId,
  found: (job: JobId) => void,
  signal: AbortSignal,
): Promise<void> {
  const { succeeded } = await untilAnswered(
    `look up job ${job}`,
    (options) =>
      client
        .if(keys.job(job), 'Create', '>', 0)
        .and(keys.end(job), 'Create', '==', 0)
        .and(keys.owner(job), 'Create', '==', 0)
        .options(options)
        .commit(),
    { signal, callMs: () => Number.POSITIVE_INFINITY },
  );
  if (succeeded) found(job);
}
