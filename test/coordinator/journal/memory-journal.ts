import { decodeRecord } from '../../../coordinator/journal/decode-record.ts';
import { encodeRecord } from '../../../coordinator/journal/encode-record.ts';
import type { Journal, Ownership } from '../../../coordinator/journal/journal.ts';
import { JobOwnership, ownershipLost } from '../../../coordinator/journal/ownership.ts';
import type { FencingToken } from '../../../coordinator/scheduler/job.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { JobId } from '../../../engine/task/task.ts';

/** An in-memory journal. It encodes and decodes records, as a file journal does. */
export class MemoryJournal implements Journal {
  readonly tokens = new Map<JobId, FencingToken>();
  readonly ownerships = new Map<JobId, JobOwnership>();
  readonly batches = new Map<JobId, Uint8Array[][]>();
  /** Settles when the newest append settles. */
  #last: Promise<void> = Promise.resolve();
  /** Runs before each append, with the records to append. A test can make it throw or wait. */
  beforeAppend: (records: readonly JobRecord[]) => void | Promise<void> = () => {};

  async acquire(job: JobId): Promise<FencingToken> {
    const token = ((this.tokens.get(job) ?? 0) + 1) as FencingToken;
    this.tokens.set(job, token);
    this.ownerships.get(job)?.lose(ownershipLost(job));
    this.ownerships.set(job, new JobOwnership());
    return token;
  }

  append(job: JobId, token: FencingToken, records: readonly JobRecord[]): Promise<void> {
    const appended = this.#append(job, token, records);
    this.#last = appended.catch(() => undefined);
    return appended;
  }

  async #append(job: JobId, token: FencingToken, records: readonly JobRecord[]): Promise<void> {
    await this.beforeAppend(records);
    this.#check(job, token);
    if (records.length === 0) return;
    this.batches.set(job, [...(this.batches.get(job) ?? []), records.map(encodeRecord)]);
  }

  ownership(job: JobId, token: FencingToken): Ownership {
    const ownership = this.tokens.get(job) === token ? this.ownerships.get(job) : undefined;
    return ownership ?? JobOwnership.lost(job);
  }

  async release(job: JobId, token: FencingToken): Promise<void> {
    await this.#last;
    if (this.tokens.get(job) === token) this.ownerships.get(job)?.lose(ownershipLost(job));
  }

  async read(job: JobId): Promise<readonly JobRecord[]> {
    return (this.batches.get(job) ?? []).flat().map(decodeRecord);
  }

  async list(): Promise<readonly JobId[]> {
    return [...this.batches.keys()].sort();
  }

  async remove(job: JobId, token: FencingToken): Promise<void> {
    this.#check(job, token);
    this.batches.delete(job);
  }

  async close(): Promise<void> {
    for (const [job, ownership] of this.ownerships) ownership.lose(ownershipLost(job));
  }

  #check(job: JobId, token: FencingToken): void {
    if (!this.ownership(job, token).isHeld()) throw ownershipLost(job);
  }
}
