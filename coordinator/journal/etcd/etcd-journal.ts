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
import { Claim, ownershipLost } from '../claim.ts';
import { isJobId } from '../job-id.ts';
import type { Cleanup, EndedEntry, JobIntent, Ownership, SharedJournal } from '../journal.ts';
import { connect, type EtcdConnectionOptions, untilAnswered, withinPatience } from './connection.ts';
import { JobLog, type LogContext, parseTip } from './job-log.ts';
import { jobOf, journalKeys } from './keys.ts';
import { Lease } from './lease.ts';
import { readLog } from './read-log.ts';
import { isUnowned, watchUnowned } from './unowned.ts';
import { INLINE_LIMIT_BYTES } from './values.ts';
import { watchValues } from './watch-values.ts';

export interface EtcdJournalOptions extends EtcdConnectionOptions {
  /** Takes values that are too large for etcd, under `journal/`. The same store for all coordinators. */
  readonly store: ObjectStore;
  /** This coordinator's name, for `ownerOf`. */
  readonly owner: string;
  /** How long the jobs of a coordinator that vanished stay its own, in whole seconds, at least 2. 10 by default. */
  readonly leaseSeconds?: number;
  /** What all keys begin with; journals of other prefixes are other journals. `volley/` by default. */
  readonly prefix?: string;
}

/** What stands under an owner key. The claim is another for each time a job is acquired. */
interface OwnerValue {
  readonly owner: string;
  readonly claim: string;
}

/** A journal in etcd, for several coordinators. Connects when it is first used. `docs/etcd.md` says how it works. */
export function openEtcdJournal(options: EtcdJournalOptions): SharedJournal {
  return new EtcdJournal(options);
}

function parseWish(value: Buffer): JobIntent {
  return JSON.parse(value.toString()) as JobIntent;
}

class EtcdJournal implements SharedJournal {
  readonly #client: Etcd3;
  readonly #context: LogContext;
  readonly #owner: string;
  readonly #leaseSeconds: number;
  readonly #owned = new Map<JobId, JobLog>();
  /** How many acquisitions of each job are under way. */
  readonly #acquiring = new Map<JobId, number>();
  /** The lease that jobs are acquired under; replaced when it is lost. */
  #lease: Promise<Lease> | undefined;
  /** The revision at the last call of `compact`. */
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
    if (token === undefined) throw new FabricError('INTERNAL', `Job ${job} could not be acquired.`);
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
    return log?.token === token ? log : Claim.none(job);
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
    // No job has this key: it is asked for what etcd says to that.
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
    await untilAnswered(`leave a intent about job ${job}`, (options) => {
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
    const value = await untilAnswered(`look up what is wished of job ${job}`, (options) =>
      this.#client.get(this.#context.keys.intent(job)).options(options).buffer(),
    );
    return value === null ? undefined : parseWish(value);
  }

  watchIntents(found: (job: JobId, intent: JobIntent) => void, signal: AbortSignal): Promise<void> {
    const { intents } = this.#context.keys;
    return watchValues(this.#client, intents, (job, value) => found(job, parseWish(value)), signal);
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
    const { header } = await untilAnswered('tell its revision', (options) =>
      this.#client.getAll().prefix(this.#context.keys.jobs).limit(1).options(options).exec(),
    );
    const revision = this.#compactTo;
    this.#compactTo = header.revision;
    if (revision === undefined) return;
    await untilAnswered('compact its history', (options) =>
      this.#client.kv.compact({ revision }, options).catch((error) => {
        // Another coordinator was faster.
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
   * Whoever asks waits no longer than for anything else. An acquisition may take effect even so, and would last as long as this coordinator:
   * it is found out, and let go of.
   */
  async #acquire(job: JobId, when: 'always' | 'unowned'): Promise<FencingToken | undefined> {
    if (!isJobId(job)) throw new FabricError('UNKNOWN_JOB', `${JSON.stringify(job)} is not the id of a job.`);
    const acquiring = this.#acquireOrLoseLease(job, when);
    const letGo = () => acquiring.then((token) => token && this.release(job, token)).catch(() => undefined);
    return withinPatience(`acquire job ${job}`, acquiring, letGo);
  }

  /** Settles when etcd has answered, or the lease, with which the acquisition goes, has ended and there is no other. */
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
      // An earlier try took effect where the key holds what only this call has written.
      if (present?.value.toString() === value) {
        const token = Number(present.mod_revision) as FencingToken;
        this.#own(new JobLog(this.#context, job, token, lease, parseTip(tip?.value.toString(), first !== undefined)));
        return token;
      }
      if (present !== undefined && when === 'unowned' && !this.#isLeftBehind(job, present, lease)) return undefined;
      seenRevision = present?.mod_revision ?? '0';
    }
  }

  /** Whether this coordinator wrote the owner key and does not know it: the answer was lost, and etcd refused to be asked again. */
  #isLeftBehind(job: JobId, present: IKeyValue, lease: Lease): boolean {
    const isKnown = this.#owned.get(job)?.token === Number(present.mod_revision);
    return present.lease === lease.id && !isKnown && this.#acquiring.get(job) === 1;
  }

  /** Writes the owner key where it is still as it was seen. Undefined where the lease is gone. */
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
      // As long as any call: where the lease ends meanwhile, so does what was written with it.
      return await untilAnswered(`acquire job ${job}`, write, { signal: lease.ended });
    } catch (error) {
      if (error instanceof EtcdLeaseInvalidError) lease.lose(error);
      else if (!lease.ended.aborted) throw error;
      return undefined;
    }
  }

  /** Takes over from the log that was this job's. Of two acquisitions that were under way at once, the later one's stays. */
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
