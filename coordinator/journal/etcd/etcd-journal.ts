import { randomUUID } from 'node:crypto';
import type { Etcd3, IKeyValue, IRequestOp, ITxnResponse } from 'etcd3';
import { EtcdLeaseInvalidError } from 'etcd3';
import { FabricError } from '../../../engine/errors.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import type { JobId } from '../../../engine/task/task.ts';
import type { FencingToken, Millis } from '../../scheduler/job.ts';
import type { JobRecord } from '../../scheduler/records.ts';
import type { JobState } from '../../scheduler/state.ts';
import type { JobSummary } from '../../scheduler/summary.ts';
import {
  type Cleanup,
  type EndedEntry,
  isJobId,
  type JobIntent,
  type Ownership,
  type SharedJournal,
} from '../journal.ts';
import { JobOwnership, ownershipLost } from '../ownership.ts';
import { connect, type EtcdConnectionOptions, untilAnswered, withOperationTimeout } from './connection.ts';
import { JobLog, type LogContext, parseTip } from './job-log.ts';
import { jobOf, journalKeys } from './keys.ts';
import { Lease } from './lease.ts';
import { readLog } from './read-log.ts';
import { isUnowned, watchUnowned } from './unowned.ts';
import { INLINE_LIMIT_BYTES } from './values.ts';
import { watchValues } from './watch-values.ts';

export interface EtcdJournalOptions extends EtcdConnectionOptions {
  /** The store for values that are too large for etcd, under the prefix `journal/`. All coordinators must use the same store. */
  readonly store: ObjectStore;
  /** The name of this coordinator, which `ownerOf` returns. */
  readonly owner: string;
  /** How long an unreachable coordinator keeps its jobs, in whole seconds. At least 2; 10 by default. */
  readonly leaseSeconds?: number;
  /** The prefix of all keys, `volley/` by default. Journals with different prefixes are independent. */
  readonly prefix?: string;
}

/** The value of an owner key. `claim` is unique to each acquisition. */
interface OwnerValue {
  readonly owner: string;
  readonly claim: string;
}

/** Opens a journal in etcd for several coordinators. Connects on first use. `docs/etcd.md` explains how it works. */
export function openEtcdJournal(options: EtcdJournalOptions): SharedJournal {
  return new EtcdJournal(options);
}

function parseIntent(value: Buffer): JobIntent {
  return JSON.parse(value.toString()) as JobIntent;
}

class EtcdJournal implements SharedJournal {
  readonly #client: Etcd3;
  readonly #context: LogContext;
  readonly #owner: string;
  readonly #leaseSeconds: number;
  readonly #owned = new Map<JobId, JobLog>();
  /** The number of pending acquisitions of each job. */
  readonly #acquiring = new Map<JobId, number>();
  /** The lease for new acquisitions. Replaced when it is lost. */
  #lease: Promise<Lease> | undefined;
  /** The revision at the last call of `compact`. The next call compacts the history up to this revision. */
  #compactTo: string | undefined;
  #closed = false;

  constructor(options: EtcdJournalOptions) {
    this.#client = connect(options);
    this.#context = { client: this.#client, keys: journalKeys(options.prefix ?? 'volley/'), store: options.store };
    this.#owner = options.owner;
    this.#leaseSeconds = options.leaseSeconds ?? 10;
  }

  async acquire(job: JobId): Promise<FencingToken> {
    const token = await this.#acquire(job, 'always');
    if (token === undefined)
      throw new FabricError(
        'INTERNAL',
        `Job ${job} could not be acquired, although this acquisition overrides every owner.`,
      );
    return token;
  }

  acquireUnowned(job: JobId): Promise<FencingToken | undefined> {
    return this.#acquire(job, 'unowned');
  }

  async append(job: JobId, token: FencingToken, records: readonly JobRecord[], after?: JobState): Promise<void> {
    if (records.length > 0) await this.#ownedBy(job, token).append(records, after);
  }

  ownership(job: JobId, token: FencingToken): Ownership {
    const log = this.#owned.get(job);
    return log?.token === token ? log : JobOwnership.lost(job);
  }

  async release(job: JobId, token: FencingToken): Promise<void> {
    const log = this.#owned.get(job);
    if (log?.token !== token) return;
    await log.release();
    if (this.#owned.get(job) === log) this.#owned.delete(job);
  }

  async read(job: JobId): Promise<readonly JobRecord[]> {
    return isJobId(job) ? readLog(this.#context, job) : [];
  }

  async list(): Promise<readonly JobId[]> {
    const { jobs } = this.#context.keys;
    const keys = await untilAnswered('list the jobs', (options) =>
      this.#client.getAll().prefix(jobs).options(options).keyBuffers(),
    );
    return keys.map((key) => jobOf(key, jobs));
  }

  async remove(job: JobId, token: FencingToken): Promise<void> {
    await this.#ownedBy(job, token).remove();
  }

  async check(): Promise<void> {
    // No job uses this key. The call only checks that etcd answers.
    await untilAnswered('read from the journal', (options) =>
      this.#client
        .get(this.#context.keys.owner('readiness' as JobId))
        .options(options)
        .string(),
    );
  }

  async ownerOf(job: JobId): Promise<string | undefined> {
    if (!isJobId(job)) return undefined;
    const value = await untilAnswered(`look up the owner of job ${job}`, (options) =>
      this.#client.get(this.#context.keys.owner(job)).options(options).string(),
    );
    return value === null ? undefined : (JSON.parse(value) as OwnerValue).owner;
  }

  async isUnowned(job: JobId): Promise<boolean> {
    return isJobId(job) && isUnowned(this.#client, this.#context.keys, job);
  }

  watchUnowned(found: (job: JobId) => void, signal: AbortSignal): Promise<void> {
    return watchUnowned(this.#client, this.#context.keys, found, signal);
  }

  async recordIntent(job: JobId, intent: JobIntent): Promise<void> {
    if (!isJobId(job)) return;
    const { keys } = this.#context;
    const key = keys.intent(job);
    await untilAnswered(`record a cancel or delete of job ${job}`, (options) => {
      const begun = this.#client.if(keys.job(job), 'Create', '>', 0);
      const isWanted = intent.kind === 'forget' ? begun : begun.and(key, 'Create', '==', 0);
      return isWanted
        .then(this.#client.put(key).value(JSON.stringify(intent)))
        .options(options)
        .commit();
    });
  }

  async intentOf(job: JobId): Promise<JobIntent | undefined> {
    if (!isJobId(job)) return undefined;
    const value = await untilAnswered(`look up a pending cancel or delete of job ${job}`, (options) =>
      this.#client.get(this.#context.keys.intent(job)).options(options).buffer(),
    );
    return value === null ? undefined : parseIntent(value);
  }

  watchIntents(found: (job: JobId, intent: JobIntent) => void, signal: AbortSignal): Promise<void> {
    const { intents } = this.#context.keys;
    return watchValues(this.#client, intents, (job, value) => found(job, parseIntent(value)), signal);
  }

  watchEnds(found: (job: JobId, endedAt: Millis) => void, signal: AbortSignal): Promise<void> {
    return watchValues(this.#client, this.#context.keys.ends, (job, value) => found(job, Number(value)), signal);
  }

  async recordCleanup(job: JobId, token: FencingToken, cleared: Cleanup): Promise<void> {
    await this.#ownedBy(job, token).note(this.#context.keys.cleared(job), JSON.stringify(cleared));
  }

  async endedEntry(job: JobId): Promise<EndedEntry | undefined> {
    if (!isJobId(job)) return undefined;
    const { keys } = this.#context;
    const { responses } = await untilAnswered(`look up the end of job ${job}`, (options) =>
      this.#client
        .if(keys.end(job), 'Create', '>', 0)
        .then(this.#client.get(keys.end(job)), this.#client.get(keys.cleared(job)))
        .options(options)
        .commit(),
    );
    const [ended, cleared] = responses.map(({ response_range: range }) => range.kvs[0]?.value.toString());
    if (ended === undefined) return undefined;
    const clearing = cleared === undefined ? {} : { cleared: JSON.parse(cleared) as Cleanup };
    return { endedAt: Number(ended), ...clearing };
  }

  async saveSummary(job: JobId, token: FencingToken, summary: JobSummary): Promise<void> {
    const value = JSON.stringify(summary);
    if (Buffer.byteLength(value) > INLINE_LIMIT_BYTES) return;
    await this.#ownedBy(job, token).note(this.#context.keys.summary(job), value);
  }

  async summaryOf(job: JobId): Promise<JobSummary | undefined> {
    if (!isJobId(job)) return undefined;
    const value = await untilAnswered(`look up the summary of job ${job}`, (options) =>
      this.#client.get(this.#context.keys.summary(job)).options(options).string(),
    );
    return value === null ? undefined : (JSON.parse(value) as JobSummary);
  }

  async compact(): Promise<void> {
    const { header } = await untilAnswered('read its revision', (options) =>
      this.#client.getAll().prefix(this.#context.keys.jobs).limit(1).options(options).exec(),
    );
    const revision = this.#compactTo;
    this.#compactTo = header.revision;
    if (revision === undefined) return;
    await untilAnswered('compact its history', (options) =>
      this.#client.kv.compact({ revision }, options).catch((error) => {
        // Another coordinator has already compacted the history.
        if (!/required revision has been compacted/.test(String(error))) throw error;
      }),
    );
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const logs = [...this.#owned.values()];
    await Promise.all(logs.map((log) => log.settled()));
    for (const log of logs) log.lose(ownershipLost(log.job));
    const lease = await this.#lease?.catch(() => undefined);
    await lease?.revoke();
    this.#client.close();
  }

  /**
   * Acquires a job within the time limit of an operation. If the acquisition succeeds after that limit, the job is released. Otherwise,
   * this coordinator would own it without running it.
   */
  async #acquire(job: JobId, when: 'always' | 'unowned'): Promise<FencingToken | undefined> {
    if (!isJobId(job)) throw new FabricError('UNKNOWN_JOB', `${JSON.stringify(job)} is not a valid job id.`);
    const acquiring = this.#acquireOrLoseLease(job, when);
    const releaseLate = () => acquiring.then((token) => token && this.release(job, token)).catch(() => undefined);
    return withOperationTimeout(`acquire job ${job}`, acquiring, releaseLate);
  }

  /** Settles when etcd has answered, or when the lease has ended and no new lease can be obtained. */
  async #acquireOrLoseLease(job: JobId, when: 'always' | 'unowned'): Promise<FencingToken | undefined> {
    this.#acquiring.set(job, (this.#acquiring.get(job) ?? 0) + 1);
    try {
      return await this.#acquireWithLease(job, when);
    } finally {
      const left = (this.#acquiring.get(job) ?? 1) - 1;
      if (left > 0) this.#acquiring.set(job, left);
      else this.#acquiring.delete(job);
    }
  }

  async #acquireWithLease(job: JobId, when: 'always' | 'unowned'): Promise<FencingToken | undefined> {
    for (let seenRevision = '0'; ; ) {
      const lease = await this.#liveLease();
      const value = JSON.stringify({ owner: this.#owner, claim: randomUUID() } satisfies OwnerValue);
      const answer = await this.#tryToOwn(job, lease, value, seenRevision);
      if (answer === undefined) continue;
      const [present, tip, first] = answer.responses.slice(-3).map(({ response_range: range }) => range.kvs[0]);
      // Only this call writes this value, so one of its attempts took effect.
      if (present?.value.toString() === value) {
        const token = Number(present.mod_revision) as FencingToken;
        this.#own(new JobLog(this.#context, job, token, lease, parseTip(tip?.value.toString(), first !== undefined)));
        return token;
      }
      if (present !== undefined && when === 'unowned' && !this.#isLeftBehind(job, present, lease)) return undefined;
      seenRevision = present?.mod_revision ?? '0';
    }
  }

  /**
   * Returns whether this coordinator wrote the owner key in an earlier acquisition that failed. The answer to the write was lost, and all
   * retries failed.
   */
  #isLeftBehind(job: JobId, present: IKeyValue, lease: Lease): boolean {
    const isKnown = this.#owned.get(job)?.token === Number(present.mod_revision);
    return present.lease === lease.id && !isKnown && this.#acquiring.get(job) === 1;
  }

  /** Writes the owner key if it still has the given revision. Returns undefined if the lease has ended. */
  async #tryToOwn(job: JobId, lease: Lease, value: string, seenRevision: string): Promise<ITxnResponse | undefined> {
    const { keys } = this.#context;
    const owner = keys.owner(job);
    const first: IRequestOp = { request_range: { key: Buffer.from(keys.job(job)), keys_only: true } };
    const look = [this.#client.get(owner), this.#client.get(keys.tip(job)), first] as const;
    const write = (options: { readonly deadline: number }) =>
      this.#client
        .if(owner, 'Mod', '==', seenRevision)
        .then(this.#client.put(owner).value(value).lease(lease.id), ...look)
        .else(...look)
        .options(options)
        .commit();
    try {
      // The retries stop only when the lease ends, because the key ends with the lease.
      return await untilAnswered(`acquire job ${job}`, write, { signal: lease.ended });
    } catch (error) {
      if (error instanceof EtcdLeaseInvalidError) lease.lose(error);
      else if (!lease.ended.aborted) throw error;
      return undefined;
    }
  }

  /** Replaces the job's previous log. If two acquisitions run concurrently, the later log is kept. */
  #own(log: JobLog): void {
    const before = this.#owned.get(log.job);
    const [older, newer] = before !== undefined && before.token > log.token ? [log, before] : [before, log];
    older?.lose(ownershipLost(log.job));
    this.#owned.set(log.job, newer);
    if (!newer.lease.isHeld()) newer.lose(ownershipLost(log.job));
  }

  async #liveLease(): Promise<Lease> {
    for (;;) {
      if (this.#closed) throw new FabricError('STORE_FAILED', 'The journal is closed.');
      this.#lease ??= Lease.grant(this.#client, this.#leaseSeconds, (lost, cause) => this.#loseAll(lost, cause));
      const granting = this.#lease;
      const lease = await granting.catch((error) => {
        this.#forget(granting);
        throw error;
      });
      if (lease.isHeld()) return lease;
      this.#forget(granting);
    }
  }

  #forget(granting: Promise<Lease>): void {
    if (this.#lease === granting) this.#lease = undefined;
  }

  #loseAll(lost: Lease, cause: unknown): void {
    for (const log of this.#owned.values()) if (log.lease === lost) log.lose(ownershipLost(log.job, cause));
  }

  #ownedBy(job: JobId, token: FencingToken): JobLog {
    const log = this.#owned.get(job);
    if (log?.token === token) return log;
    throw ownershipLost(job);
  }
}
