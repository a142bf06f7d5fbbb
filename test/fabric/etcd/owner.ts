/**
 * A test coordinator that acquires a job and appends to it until an append fails. It reports each acknowledged append to its parent, and
 * finally the reason for stopping. The arguments are the endpoint, the key prefix, the job and the lease in seconds.
 */
import { openEtcdJournal } from '../../../coordinator/journal/etcd/etcd-journal.ts';
import { asFabricError } from '../../../engine/errors.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { MemoryStore } from '../../coordinator/jobs/memory-store.ts';
import { cancelAt } from '../../coordinator/journal/sample-records.ts';

/** A message from the owner to its parent process. */
export type OwnerMessage =
  | { readonly kind: 'appended'; readonly at: number }
  | { readonly kind: 'stopped'; readonly code: string; readonly held: boolean; readonly told: boolean };

const [endpoint = '', prefix = '', name = '', leaseSeconds = ''] = process.argv.slice(2);
const job = name as JobId;

function tell(message: OwnerMessage): void {
  process.send?.(message);
}

const journal = openEtcdJournal({
  endpoints: [endpoint],
  prefix,
  store: new MemoryStore(),
  owner: 'child',
  leaseSeconds: Number(leaseSeconds),
});
const token = await journal.acquire(job);
const ownership = journal.ownership(job, token);
try {
  for (let at = 0; ; at += 1) {
    await journal.append(job, token, [cancelAt(at)]);
    tell({ kind: 'appended', at });
  }
} catch (error) {
  const told = ownership.lost.aborted;
  tell({ kind: 'stopped', code: asFabricError(error).code, held: ownership.isHeld(), told });
}
await journal.close();
