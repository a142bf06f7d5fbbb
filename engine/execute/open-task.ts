import { createHash } from 'node:crypto';
import { FabricError } from '../errors.ts';
import type { PlanTable, Stage } from '../plan/stage.ts';
import { decodeFragment } from '../plan/wire/decode-stages.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { withStage } from '../task/decode-task.ts';
import type { SentTask, StageReference, Task } from '../task/task.ts';

/**
 * The number of fragments that a warm executor caches. An executor runs many tasks of a stage and rarely alternates
 * between more than a few stages.
 */
const FRAGMENTS_KEPT = 4;

/** A cache of the latest fragments that were sent by reference, keyed by content. */
export class FragmentCache {
  readonly #fragments = new Map<string, Stage>();

  get(name: string): Stage | undefined {
    return this.#fragments.get(name);
  }

  put(name: string, stage: Stage): void {
    this.#fragments.set(name, stage);
    const [oldest] = this.#fragments.keys();
    if (this.#fragments.size > FRAGMENTS_KEPT && oldest !== undefined) this.#fragments.delete(oldest);
  }
}

/**
 * Returns a task with its fragment. A fragment that was sent by reference is fetched unless it is cached. Rejects with
 * the store's errors, with `TASK_REFUSED` (`details.reason` is `altered`) if the object differs from the one that was
 * sent, and with `MESSAGE_INVALID` or `VERSION_SKEW`.
 */
export async function openTask(sent: SentTask, store: Pick<ObjectStore, 'get'>, cache: FragmentCache): Promise<Task> {
  const { stage, ...rest } = sent;
  return withStage(rest, 'sha256' in stage ? await fetchFragment(stage, sent.tables, store, cache) : stage);
}

async function fetchFragment(
  reference: StageReference,
  tables: readonly PlanTable[],
  store: Pick<ObjectStore, 'get'>,
  cache: FragmentCache,
): Promise<Stage> {
  const { key, sizeBytes, sha256 } = reference;
  // A fragment refers to tables by position, and decoding checks the positions against the number of tables. The cache
  // key therefore includes that number.
  const name = `${sha256} ${tables.length}`;
  const known = cache.get(name);
  if (known !== undefined) return known;
  const bytes = await store.get(key, { start: 0, end: sizeBytes }).catch((cause) => {
    throw cause instanceof FabricError && cause.code === 'OBJECT_NOT_FOUND' ? missing(key, cause) : cause;
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw altered(key);
  const stage = decodeFragment(bytes, tables);
  cache.put(name, stage);
  return stage;
}

function missing(key: string, cause: FabricError): FabricError {
  const message = `The fragment of a task is missing from the store: ${key}. Check that the executor uses the coordinator's store, and that only Volley deletes from it.`;
  return new FabricError('OBJECT_NOT_FOUND', message, { cause, details: { key } });
}

function altered(key: string): FabricError {
  const message = `The executor rejected a task because its fragment ${key} differs from the fragment that was sent. Check that only Volley writes to the store.`;
  return new FabricError('TASK_REFUSED', message, { details: { reason: 'altered', key } });
}
