import type { Etcd3, FilterType, IKeyValue, IWatchResponse } from 'etcd3';
import { sleep, systemTimer } from '../../../engine/timer.ts';
import { CALL_TIMEOUT_MS } from './connection.ts';
import { rangeOf } from './keys.ts';

/** The delay between the end of a watch and the next listing. */
const PAUSE_MS = 200;

/** The prefix to follow, and callbacks for its keys. */
export interface Following {
  /** The prefix of the watched keys. Ends in `/`. */
  readonly prefix: string;
  /** The kind of changes to ignore. */
  readonly without: FilterType;
  /** Reports all existing keys. Returns the revision at which they were read. */
  readonly list: () => Promise<bigint>;
  /** Reports one later change. Changes are reported one at a time. */
  readonly changed: (pair: IKeyValue) => void | Promise<void>;
  /** Returns how long to use a watch before listing again. If absent, a watch is used until it ends. */
  readonly againMs?: () => number;
  readonly signal: AbortSignal;
}

/**
 * Reports all existing keys under a prefix, and then every change until the signal aborts. A watch ends when etcd is unavailable, its
 * history was compacted, permissions changed, or the time limit is reached. The keys are then listed again, because the watch may have
 * missed changes, and a new watch is opened. Uses the gRPC stream directly, because etcd3's watcher neither resumes nor can be cancelled
 * after a compaction. Rejects with the errors of `list` and `changed`.
 */
export async function follow(client: Etcd3, following: Following): Promise<void> {
  const { signal } = following;
  while (!signal.aborted) {
    try {
      await watchOnce(client, following, await following.list());
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    await sleep(systemTimer, PAUSE_MS, signal);
  }
}

/**
 * Watches from the revision after the listing. Resolves when the watch ends for any reason. If the reason is a permanent error, the next
 * listing reports it.
 */
async function watchOnce(client: Etcd3, following: Following, revision: bigint): Promise<void> {
  const { prefix, without, changed, againMs, signal } = following;
  const stream = await client.watchClient.watch().catch(() => undefined);
  if (stream === undefined) return;
  const stop = () => stream.cancel();
  signal.addEventListener('abort', stop);
  let told = Promise.resolve();
  const timers: NodeJS.Timeout[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      // gRPC reports no error if a member accepts the connection but never answers, so this timer ends the watch.
      const unanswered = setTimeout(resolve, CALL_TIMEOUT_MS);
      timers.push(unanswered);
      if (againMs !== undefined) timers.push(setTimeout(resolve, againMs()));
      stream.on('error', () => resolve());
      stream.on('end', resolve);
      stream.on('data', (response: IWatchResponse) => {
        clearTimeout(unanswered);
        if (response.canceled) return resolve();
        for (const { kv } of response.events) told = told.then(() => changed(kv)).catch(reject);
      });
      if (signal.aborted) return resolve();
      stream.write({
        create_request: { ...rangeOf(prefix), start_revision: String(revision + 1n), filters: [without] },
      });
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    stream.cancel();
    await told;
  }
}
