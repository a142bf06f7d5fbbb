import type { JobId } from '../../engine/task/task.ts';
import type { FencingToken, Millis } from '../scheduler/job.ts';
import type { JobRecord } from '../scheduler/records.ts';
import type { JobState } from '../scheduler/state.ts';
import type { JobSummary } from '../scheduler/summary.ts';
import type { FolderProbe } from './folder-probe.ts';
import type { IntentLog } from './intent-files.ts';
import {
  type Cleanup,
  type EndedEntry,
  isDamaged,
  type JobIntent,
  type Journal,
  type Ownership,
  type SharedJournal,
} from './journal.ts';
import { ownershipLost } from './ownership.ts';

/** The maximum length of a summary that is kept in memory, as JSON. */
const MAX_SUMMARY_CHARACTERS = 16 * 1024;

/** A callback for changes to jobs. It is called until it is removed. */
type Listener<T> = (job: JobId, what: T) => void;

/**
 * Adapts a journal with a single coordinator to the interface of a shared journal. Only this process can own jobs. Owners, cleanups and
 * summaries are kept in memory and lost when the process ends. Intents are also lost unless an intent log is given. Each check also runs
 * `probe`.
 */
export function soleJournal(journal: Journal, owner: string, intents?: IntentLog, probe?: FolderProbe): SharedJournal {
  return new SoleJournal(journal, owner, intents, probe);
}

class SoleJournal implements SharedJournal {
  readonly #journal: Journal;
  readonly #owner: string;
  readonly #log: IntentLog | undefined;
  readonly #probe: FolderProbe | undefined;
  readonly #owned = new Map<JobId, FencingToken>();
  readonly #acquiring = new Set<JobId>();
  readonly #intents = new Map<JobId, JobIntent>();
  readonly #ends = new Map<JobId, Millis>();
  readonly #cleared = new Map<JobId, Cleanup>();
  readonly #summaries = new Map<JobId, JobSummary>();
  readonly #begun = new Set<JobId>();
  readonly #unownedListeners = new Set<Listener<undefined>>();
  readonly #intentListeners = new Set<Listener<JobIntent>>();
  readonly #endListeners = new Set<Listener<Millis>>();
  /** Settles when the journal's existing jobs have been read. */
  #known: Promise<void> | undefined;
  /** Settles when the last change to an intent settles. The changes run sequentially. */
  #recorded: Promise<unknown> = Promise.resolve();

  constructor(journal: Journal, owner: string, log: IntentLog | undefined, probe: FolderProbe | undefined) {
    this.#journal = journal;
    this.#owner = owner;
    this.#log = log;
    this.#probe = probe;
  }

  async acquire(job: JobId): Promise<FencingToken> {
    const token = await this.#journal.acquire(job);
    this.#owned.set(job, token);
    return token;
  }

  async acquireUnowned(job: JobId): Promise<FencingToken | undefined> {
    // If several callers compete for a job, only one acquires it.
    if (this.#acquiring.has(job) || this.#isOwned(job)) return undefined;
    this.#acquiring.add(job);
    try {
      return await this.acquire(job);
    } finally {
      this.#acquiring.delete(job);
    }
  }

  async append(job: JobId, token: FencingToken, records: readonly JobRecord[], after?: JobState): Promise<void> {
    await this.#journal.append(job, token, records, after);
    if (records.length > 0) this.#begun.add(job);
    const ended = records.find(({ kind }) => kind === 'job-ended');
    if (ended === undefined) return;
    this.#ends.set(job, ended.at);
    for (const listener of this.#endListeners) listener(job, ended.at);
  }

  ownership(job: JobId, token: FencingToken): Ownership {
    return this.#journal.ownership(job, token);
  }

  async release(job: JobId, token: FencingToken): Promise<void> {
    await this.#journal.release(job, token);
    if (this.#owned.get(job) !== token) return;
    this.#owned.delete(job);
    if (!this.#begun.has(job) || this.#ends.has(job)) return;
    for (const listener of this.#unownedListeners) listener(job, undefined);
  }

  read(job: JobId): Promise<readonly JobRecord[]> {
    return this.#journal.read(job);
  }

  list(): Promise<readonly JobId[]> {
    return this.#journal.list();
  }

  async remove(job: JobId, token: FencingToken): Promise<void> {
    await this.#journal.remove(job, token);
    for (const known of [this.#begun, this.#ends, this.#cleared, this.#summaries]) known.delete(job);
    await this.#changeIntents(() => this.#forgetIntent(job));
  }

  async close(): Promise<void> {
    await this.#journal.close();
    this.#owned.clear();
  }

  async check(): Promise<void> {
    // Only a listing checks that the folder exists. Owners are kept in memory, and reading a job without a file returns no records.
    await this.#journal.list();
    await this.#probe?.();
  }

  async ownerOf(job: JobId): Promise<string | undefined> {
    return this.#isOwned(job) ? this.#owner : undefined;
  }

  async isUnowned(job: JobId): Promise<boolean> {
    await this.#learn();
    return this.#begun.has(job) && !this.#ends.has(job) && !this.#isOwned(job);
  }

  watchUnowned(found: (job: JobId) => void, signal: AbortSignal): Promise<void> {
    return this.#listen(this.#unownedListeners, found, signal, () => {
      for (const job of this.#begun) if (!this.#ends.has(job) && !this.#isOwned(job)) found(job);
    });
  }

  async recordIntent(job: JobId, intent: JobIntent): Promise<void> {
    await this.#learn();
    await this.#changeIntents(async () => {
      if (!this.#begun.has(job) || (intent.kind === 'cancel' && this.#intents.has(job))) return;
      await this.#log?.save(job, intent);
      this.#intents.set(job, intent);
      // The job's owner may have removed the job in the meantime.
      if (!this.#begun.has(job)) return this.#forgetIntent(job);
      for (const listener of this.#intentListeners) listener(job, intent);
    });
  }

  async intentOf(job: JobId): Promise<JobIntent | undefined> {
    await this.#learn();
    return this.#intents.get(job);
  }

  watchIntents(found: (job: JobId, intent: JobIntent) => void, signal: AbortSignal): Promise<void> {
    return this.#listen(this.#intentListeners, found, signal, () => {
      for (const [job, intent] of this.#intents) found(job, intent);
    });
  }

  watchEnds(found: (job: JobId, endedAt: Millis) => void, signal: AbortSignal): Promise<void> {
    return this.#listen(this.#endListeners, found, signal, () => {
      for (const [job, endedAt] of this.#ends) found(job, endedAt);
    });
  }

  async recordCleanup(job: JobId, token: FencingToken, cleared: Cleanup): Promise<void> {
    this.#mustHaveEnded(job, token);
    this.#cleared.set(job, cleared);
  }

  async endedEntry(job: JobId): Promise<EndedEntry | undefined> {
    await this.#learn();
    const [endedAt, cleared] = [this.#ends.get(job), this.#cleared.get(job)];
    return endedAt === undefined ? undefined : { endedAt, ...(cleared !== undefined && { cleared }) };
  }

  async saveSummary(job: JobId, token: FencingToken, summary: JobSummary): Promise<void> {
    this.#mustHaveEnded(job, token);
    // The journal may hold thousands of ended jobs, each with up to a million characters of SQL.
    if (JSON.stringify(summary).length <= MAX_SUMMARY_CHARACTERS) this.#summaries.set(job, summary);
  }

  async summaryOf(job: JobId): Promise<JobSummary | undefined> {
    return this.#summaries.get(job);
  }

  /** Does nothing, because a sole journal keeps no overwritten data. */
  async compact(): Promise<void> {}

  async #changeIntents(change: () => Promise<void>): Promise<void> {
    const changed = this.#recorded.then(change);
    this.#recorded = changed.catch(() => undefined);
    await changed;
  }

  async #forgetIntent(job: JobId): Promise<void> {
    if (!this.#intents.delete(job)) return;
    await this.#log?.remove(job);
  }

  #mustHaveEnded(job: JobId, token: FencingToken): void {
    if (!this.#journal.ownership(job, token).isHeld() || !this.#ends.has(job)) throw ownershipLost(job);
  }

  #isOwned(job: JobId): boolean {
    const token = this.#owned.get(job);
    return token !== undefined && this.#journal.ownership(job, token).isHeld();
  }

  /** Reports existing jobs, and then notifies the listener of changes until the signal aborts. */
  async #listen<T>(listeners: Set<T>, listener: T, signal: AbortSignal, tellPresent: () => void): Promise<void> {
    await this.#learn();
    if (signal.aborted) return;
    tellPresent();
    listeners.add(listener);
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    listeners.delete(listener);
  }

  /**
   * Reads the journal and the intents on the first call. Skips jobs whose records cannot be read, but includes damaged jobs so that users
   * can delete them.
   */
  #learn(): Promise<void> {
    this.#known ??= this.#readAll().catch((error) => {
      this.#known = undefined;
      throw error;
    });
    return this.#known;
  }

  async #readAll(): Promise<void> {
    for (const job of await this.#journal.list()) {
      const records = await this.#journal.read(job).catch((error) => {
        if (isDamaged(error)) this.#begun.add(job);
        return undefined;
      });
      if (records === undefined) continue;
      if (records.length === 0) {
        await this.#removeEmpty(job);
        continue;
      }
      this.#begun.add(job);
      const ended = records.find(({ kind }) => kind === 'job-ended');
      if (ended !== undefined) this.#ends.set(job, ended.at);
    }
    const known = new Set(await this.#journal.list());
    for (const [job, intent] of (await this.#log?.readAll()) ?? []) {
      // A process that is killed after removing a job's records but before removing its intent leaves the intent behind.
      if (known.has(job)) this.#intents.set(job, intent);
      else await this.#log?.remove(job);
    }
  }
  /** Removes the file of a process that was killed during a job's first append, unless the job is now being submitted. Best effort. */
  async #removeEmpty(job: JobId): Promise<void> {
    const token = await this.acquireUnowned(job);
    if (token === undefined) return;
    try {
      if ((await this.#journal.read(job)).length === 0) await this.#journal.remove(job, token);
    } catch {
      // The next start tries again.
    } finally {
      await this.release(job, token);
    }
  }
}
