import { decodeRecord } from '../../coordinator/journal/decode-record.ts';
import { encodeRecord } from '../../coordinator/journal/encode-record.ts';
import type { Journal } from '../../coordinator/journal/journal.ts';
import type { FencingToken, JobRecord } from '../../coordinator/scheduler/records.ts';
import { FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/execute/task.ts';

/** A journal in memory. Records pass through their wire form, so that what comes back is what a file would give. */
export class MemoryJournal implements Journal {
  readonly tokens = new Map<JobId, FencingToken>();
  readonly batches = new Map<JobId, Uint8Array[][]>();
  /** Called before each append with its records; a test can fail or delay it. */
  beforeAppend: (records: readonly JobRecord[]) => void | Promise<void> = () => {};

  async acquire(job: JobId): Promise<FencingToken> {
    const token = ((this.tokens.get(job) ?? 0) + 1) as FencingToken;
    this.tokens.set(job, token);
    return token;
  }

  async append(job: JobId, token: FencingToken, records: readonly JobRecord[]): Promise<void> {
    await this.beforeAppend(records);
    this.#check(job, token);
    if (records.length === 0) return;
    this.batches.set(job, [...(this.batches.get(job) ?? []), records.map(encodeRecord)]);
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

  async close(): Promise<void> {}

  #check(job: JobId, token: FencingToken): void {
    if (this.tokens.get(job) !== token) throw new FabricError('OWNERSHIP_LOST', `Job ${job} has another owner.`);
  }
}
