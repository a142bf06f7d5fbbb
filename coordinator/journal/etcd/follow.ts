import type { Etcd3, FilterType, IKeyValue, IWatchResponse } from 'etcd3';
import { sleep, systemTimer } from '../../../engine/timer.ts';
import { CALL_TIMEOUT_MS } from './connection.ts';
import { rangeOf } from './keys.ts';

/** The pause between the end of a watch and the next listing. */
const PAUSE_MS = 200;

/** The prefix to follow, and callbacks for its keys. */
export interface Following {
  /** The prefix of the watched keys. Ends in `/`. */
  readonly prefix: string;
  /** The kind of changes to leave out. */
  readonly without: FilterType;
  /** Reports what is present. Returns the revision it was read at. */
  readonly list: () => Promise<bigint>;
  /** Reports one later change. The next one waits for it. */
  readonly changed: (pair: IKeyValue) => void | Promise<void>;
  /** How long to use a watch before listing again; by default, until it ends. */
  readonly againMs?: () => number;
  readonly signal: AbortSignal;
}

/**
 * Reports what is present under a prefix, and then every change, until aborted. When a watch ends (etcd unavailable, history compacted,
 * permissions changed, time limit reached), it lists what the watch may have missed and opens another. Uses the bare stream: etcd3's
 * watcher does not resume after a compaction, and cannot be cancelled then. Rejects like `list` and `changed`.
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

/** Watches from the revision after the listing's. Resolves when the watch ends for any reason; the next listing finds out why. */
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
      // gRPC never reports a stream to a member that accepts connections but does not answer.
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
