import type { Etcd3, FilterType, IKeyValue, IWatchResponse } from 'etcd3';
import { sleep } from '../../../engine/retry.ts';
import { systemTimer } from '../../../engine/timer.ts';
import { CALL_TIMEOUT_MS } from './connection.ts';
import { rangeOf } from './keys.ts';

/** Between the end of a watch and the listing that follows it. */
const PAUSE_MS = 200;

/** What is followed, and who is told. */
export interface Following {
  /** Keys that begin so are watched. Ends in `/`. */
  readonly prefix: string;
  /** The changes that are of no interest. */
  readonly without: FilterType;
  /** Tells of what there is. Gives the revision at which it was there. */
  readonly list: () => Promise<bigint>;
  /** Tells of one change after that. The next one waits for it. */
  readonly changed: (pair: IKeyValue) => void | Promise<void>;
  /** How long a watch is trusted; until it ends, where nothing is said. */
  readonly againMs?: () => number;
  readonly signal: AbortSignal;
}

/**
 * Tells of what there is under a prefix, and of what changes, until aborted. Whatever ends a watch (etcd gone, its history compacted,
 * permissions changed, its time over), what it may have missed is listed and another is opened: a watch is never trusted beyond its end. Works on
 * the bare stream, since etcd3's watcher neither attaches again after a compaction nor lets itself be cancelled then. Rejects as
 * `list` and `changed` do.
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

/** Watches from the revision after the listing's. Settles when the watch ends, for whatever reason: the listing that follows finds out. */
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
      // gRPC would never tell of a stream to a member that takes connections and says nothing.
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
