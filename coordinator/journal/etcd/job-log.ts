import type { Etcd3, IRequestOp, ITxnResponse } from 'etcd3';
import { FabricError } from '../../../engine/errors.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { sleep, systemTimer } from '../../../engine/timer.ts';
import type { FencingToken, Millis } from '../../scheduler/job.ts';
import type { JobRecord } from '../../scheduler/records.ts';
import type { JobState } from '../../scheduler/state.ts';
import { encodeRecord } from '../encode-record.ts';
import type { Ownership } from '../journal.ts';
import { JobOwnership, ownershipLost } from '../ownership.ts';
import { type Checkpoint, takeCheckpoint } from './checkpoint.ts';
import { type RetryLimits, untilAnswered } from './connection.ts';
import { entryName, type JournalKeys, rangeOf } from './keys.ts';
import type { Lease } from './lease.ts';
import { deleteValues, encodeValue, INLINE_LIMIT_BYTES, storeValue } from './values.ts';

/** The maximum number of records to replay after the first. Applies only if appends include the job's state. */
const REPLAY_LIMIT = 900;
/**
 * The minimum time between transactions grows with the number of appended records. Small jobs never wait, and large jobs do not overload
 * etcd.
 */
const PACE_MS_PER_RECORD = 1 / 20;
const MAX_PACE_MS = 100;

/** The resources that all job logs of a coordinator share. */
export interface LogContext {
  readonly client: Etcd3;
  readonly keys: JournalKeys;
  readonly store: ObjectStore;
}

/** The end of a job's log. */
export interface LogTip {
  /** The number of the last entry, or -1 if the log has no entries. */
  readonly n: number;
  /** The number of records in the log's entries, which do not include the job's first record. */
  readonly records: number;
  /** Whether the job's first record is in the journal. */
  readonly begun: boolean;
  /** The tip as stored in etcd. Undefined if etcd does not contain it. */
  readonly stored: string | undefined;
}

interface EncodedRecord {
  readonly bytes: Uint8Array;
  /** Whether this is the submission. It is stored separately, so that a snapshot can replace the whole log. */
  readonly isSubmission: boolean;
}

/** An append that is waiting for its transaction. */
interface Waiting {
  readonly encoded: readonly EncodedRecord[];
  readonly sizeBytes: number;
  readonly at: Millis;
  /** When the job ended, if one of the records ends it. */
  readonly endedAt: Millis | undefined;
  readonly after: JobState | undefined;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The operations of a transaction, and the tip of the log after the transaction. */
interface Change {
  readonly operations: readonly IRequestOp[];
  readonly tip: LogTip;
  /** Set if the change replaces entries with a checkpoint. */
  readonly checkpoint?: Checkpoint;
}

/** Parses the tip as stored in etcd. */
export function parseTip(stored: string | undefined, begun: boolean): LogTip {
  const [n = -1, records = 0] = stored?.split(' ').map(Number) ?? [];
  return { n, records, begun, stored };
}

/**
 * The log of one job, written by the job's owner. Appends that arrive during a transaction share the next transaction. A transaction takes
 * effect only if two conditions hold. The revision of the owner key must equal the fencing token, which is false once the lease has ended.
 * The tip must be the one that this owner last wrote. A call that timed out but took effect is therefore recognized by the tip, and a late
 * call has no effect, even after a snapshot.
 */
export class JobLog implements Ownership {
  readonly job: JobId;
  readonly token: FencingToken;
  readonly lease: Lease;
  readonly #context: LogContext;
  readonly #ownership = new JobOwnership();
  readonly #limits: RetryLimits;
  #tip: LogTip;
  #waiting: Waiting[] = [];
  /** The appends in the current transaction. */
  #committing: readonly Waiting[] = [];
  /** Settles when the last queued operation settles. Operations run sequentially. */
  #turn: Promise<unknown> = Promise.resolve();
  #cleaning: Promise<void> = Promise.resolve();
  /** The number of records that this owner has appended. */
  #appended = 0;
  #lastCommitAt = Number.NEGATIVE_INFINITY;
  /** The last checkpoint that this owner wrote. */
  #checkpoint: Checkpoint | undefined;
  /** Whether the object store may hold values of this job. */
  #mayHaveObjects: boolean;

  constructor(context: LogContext, job: JobId, token: FencingToken, lease: Lease, tip: LogTip) {
    this.#context = context;
    this.job = job;
    this.token = token;
    this.lease = lease;
    this.#tip = tip;
    this.#mayHaveObjects = tip.stored !== undefined;
    this.#limits = { signal: this.#ownership.lost, callMs: () => this.lease.remainingMs() };
  }

  get lost(): AbortSignal {
    return this.#ownership.lost;
  }

  /** Returns whether this owner still holds the job. If the lease has ended, calling `isHeld` on it also ends the ownership. */
  isHeld(): boolean {
    return this.lease.isHeld() && this.#ownership.isHeld();
  }

  /** Ends the ownership. Rejects all pending appends immediately and does not retry them. */
  lose(reason: unknown): void {
    if (!this.#ownership.isHeld()) return;
    this.#ownership.lose(reason);
    for (const { reject } of [...this.#committing, ...this.#waiting.splice(0)]) reject(reason);
  }

  append(records: readonly JobRecord[], after: JobState | undefined): Promise<void> {
    this.#mustHold();
    const encoded = records.map((record) => ({
      bytes: encodeRecord(record),
      isSubmission: record.kind === 'job-submitted',
    }));
    const sizeBytes = encoded.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    const endedAt = records.find((record) => record.kind === 'job-ended')?.at;
    const appended = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ encoded, sizeBytes, at: records.at(-1)?.at ?? 0, endedAt, after, resolve, reject });
    });
    void this.#next(() => this.#commitWaiting()).catch((error) => this.lose(error));
    return appended;
  }

  /** Removes the job's records. The job keeps its owner. */
  async remove(): Promise<void> {
    this.#mustHold();
    await this.#next(async () => {
      const { keys, store } = this.#context;
      const stored = `${this.#tip.n} 0`;
      await this.#commit(`remove job ${this.job}`, {
        operations: [
          { request_delete_range: rangeOf(keys.log(this.job)) },
          { request_delete_range: { key: Buffer.from(keys.job(this.job)) } },
          { request_delete_range: { key: Buffer.from(keys.plan(this.job)) } },
          { request_delete_range: { key: Buffer.from(keys.end(this.job)) } },
          { request_delete_range: { key: Buffer.from(keys.intent(this.job)) } },
          { request_delete_range: { key: Buffer.from(keys.cleared(this.job)) } },
          { request_delete_range: { key: Buffer.from(keys.summary(this.job)) } },
          // The tip is kept, because a delayed append of this owner may still arrive. The tip expires with the lease.
          put(keys.tip(this.job), stored, this.lease.id),
        ],
        tip: { n: this.#tip.n, records: 0, begun: false, stored },
      });
      await this.#cleaning;
      if (this.#mayHaveObjects) await deleteValues(store, this.job, this.token, () => true);
    });
  }

  /** Writes a key for an ended job. A late call has no effect, because the job then has another owner or has been removed. */
  async note(key: string, value: string): Promise<void> {
    this.#mustHold();
    const { client, keys } = this.#context;
    const write = (options: { readonly deadline: number }) =>
      client
        .if(keys.owner(this.job), 'Mod', '==', this.token)
        .and(keys.end(this.job), 'Create', '>', 0)
        .then(client.put(key).value(value))
        .options(options)
        .commit();
    const { succeeded } = await this.#next(() => untilAnswered(`write ${key}`, write, this.#limits));
    if (!succeeded) throw ownershipLost(this.job);
  }

  /**
   * Releases the job after all pending operations. Also releases it in etcd if the ownership was lost only locally. Resolves when etcd has
   * answered, or when the lease may have ended, which also releases the job.
   */
  async release(): Promise<void> {
    await this.#next(async () => {
      if (!this.lease.isHeld()) return;
      const { client, keys } = this.#context;
      const owner = keys.owner(this.job);
      const tipToo = this.#tip.begun ? [] : [client.delete().key(keys.tip(this.job))];
      const release = (options: { readonly deadline: number }) =>
        client
          .if(owner, 'Mod', '==', this.token)
          .then(client.delete().key(owner), ...tipToo)
          .options(options)
          .commit();
      const limits = { ...this.#limits, signal: this.lease.ended };
      await untilAnswered(`release job ${this.job}`, release, limits).catch((error) => {
        if (this.lease.isHeld()) throw error;
      });
    });
    await this.settled();
    this.lose(ownershipLost(this.job));
  }

  /** Resolves when no operation is pending. */
  async settled(): Promise<void> {
    await this.#turn;
    await this.#cleaning;
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #mustHold(): void {
    if (this.isHeld()) return;
    throw this.#ownership.lost.reason ?? ownershipLost(this.job);
  }

  /** Commits as many waiting appends as fit into one transaction. Does nothing if an earlier transaction included them all. */
  async #commitWaiting(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const pace = Math.min(MAX_PACE_MS, this.#appended * PACE_MS_PER_RECORD);
    const waitMs = this.#lastCommitAt + pace - performance.now();
    if (waitMs > 0) await sleep(systemTimer, waitMs, this.#ownership.lost);
    this.#mustHold();
    const group = this.#takeGroup();
    this.#committing = group;
    this.#lastCommitAt = performance.now();
    const change = await this.#changeFor(group);
    await this.#commit(`append to job ${this.job}`, change);
    this.#appended += group.reduce((sum, { encoded }) => sum + encoded.length, 0);
    this.#committing = [];
    for (const { resolve } of group) resolve();
    const { checkpoint } = change;
    if (checkpoint === undefined) return;
    this.#checkpoint = checkpoint;
    if (this.#mayHaveObjects) this.#cleaning = this.#cleaning.then(() => this.#deleteSuperseded(checkpoint));
  }

  #takeGroup(): readonly Waiting[] {
    let sizeBytes = 0;
    const end = this.#waiting.findIndex((waiting, at) => {
      sizeBytes += waiting.sizeBytes;
      return at > 0 && sizeBytes > INLINE_LIMIT_BYTES;
    });
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
  }

  /**
   * Builds the operations of a transaction. The job's first record and its submission have keys of their own. The other records share one
   * entry, unless a checkpoint replaces them and all earlier entries.
   */
  async #changeFor(group: readonly Waiting[]): Promise<Change> {
    const { keys } = this.#context;
    const n = this.#tip.n + 1;
    const all = group.flatMap((waiting) => waiting.encoded);
    const first = this.#tip.begun ? undefined : all.shift()?.bytes;
    const submission = all.find(({ isSubmission }) => isSubmission)?.bytes;
    const encoded = all.flatMap(({ bytes, isSubmission }) => (isSubmission ? [] : [bytes]));
    const { after, at } = group.at(-1) ?? {};
    const isTooLong = this.#tip.records + encoded.length > REPLAY_LIMIT;
    const checkpoint =
      isTooLong && after !== undefined ? takeCheckpoint(after, at ?? 0, n, this.#checkpoint) : undefined;
    const operations: IRequestOp[] = [];
    if (first !== undefined) operations.push(put(keys.job(this.job), await this.#stored('first', [first])));
    if (submission !== undefined) operations.push(put(keys.plan(this.job), await this.#stored('plan', [submission])));
    if (encoded.length > 0) {
      const value = await this.#stored(entryName(n), checkpoint === undefined ? encoded : [checkpoint.record]);
      operations.push(put(keys.entry(this.job, n), value));
    }
    if (checkpoint !== undefined) {
      const key = Buffer.from(keys.entry(this.job, checkpoint.supersedes));
      operations.push({ request_delete_range: { key, range_end: Buffer.from(keys.entry(this.job, n)) } });
    }
    const endedAt = group.find((waiting) => waiting.endedAt !== undefined)?.endedAt;
    if (endedAt !== undefined) operations.push(put(keys.end(this.job), String(endedAt)));
    const records = checkpoint === undefined ? this.#tip.records + encoded.length : checkpoint.entries;
    const stored = `${n} ${records}`;
    operations.push(put(keys.tip(this.job), stored));
    const tip = { n, records, begun: true, stored };
    return { operations, tip, ...(checkpoint !== undefined && { checkpoint }) };
  }

  async #stored(name: string, records: readonly Uint8Array[]): Promise<Buffer> {
    const value = encodeValue(this.token, records);
    if (value.byteLength > INLINE_LIMIT_BYTES) this.#mayHaveObjects = true;
    return storeValue(this.#context.store, this.job, this.token, name, value);
  }

  /** Applies a change exactly once, with as many calls as necessary. If the job has another owner, rejects and ends the ownership. */
  async #commit(what: string, change: Change): Promise<void> {
    try {
      // The append of a job's first record is retried only briefly, because a client is waiting for it and can repeat the request. Later
      // appends are retried as long as this owner holds the job.
      const limits = { ...this.#limits, isBrief: !this.#tip.begun };
      const answer = await untilAnswered(what, (options) => this.#try(change, options), limits);
      if (!answer.succeeded && !this.#hasTakenEffect(answer, change.tip)) throw ownershipLost(this.job);
      this.#tip = change.tip;
    } catch (error) {
      const reason = error instanceof FabricError ? error : ownershipLost(this.job, error);
      this.lose(reason);
      throw reason;
    }
  }

  #try({ operations }: Change, options: { readonly deadline: number }): Promise<ITxnResponse> {
    const { client, keys } = this.#context;
    const owner = keys.owner(this.job);
    const tip = keys.tip(this.job);
    const { stored } = this.#tip;
    const transaction = client.if(owner, 'Mod', '==', this.token);
    return (
      stored === undefined ? transaction.and(tip, 'Create', '==', 0) : transaction.and(tip, 'Value', '==', stored)
    )
      .then(...operations)
      .else(client.get(owner), client.get(tip))
      .options(options)
      .commit();
  }

  /** Returns whether a rejected change had already taken effect through an earlier call whose answer was lost. */
  #hasTakenEffect({ responses }: ITxnResponse, { stored }: LogTip): boolean {
    const [owner, tip] = responses.map(({ response_range: range }) => range.kvs[0]);
    return owner?.mod_revision === String(this.token) && tip?.value.toString() === stored;
  }

  async #deleteSuperseded({ supersedes, n }: Checkpoint): Promise<void> {
    const [from, to] = [entryName(supersedes), entryName(n)];
    if (!this.isHeld()) return;
    const isSuperseded = (name: string) => /^\d/.test(name) && name >= from && name < to;
    // Values that cannot be deleted now are deleted together with the job.
    await deleteValues(this.#context.store, this.job, this.token, isSuperseded).catch(() => undefined);
  }
}

function put(key: string, value: Buffer | string, lease?: string): IRequestOp {
  const bound = lease === undefined ? {} : { lease };
  return { request_put: { key: Buffer.from(key), value: Buffer.from(value), ...bound } };
}
