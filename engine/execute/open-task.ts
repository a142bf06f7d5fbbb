import { createHash } from 'node:crypto';
import { FabricError } from '../errors.ts';
import type { PlanTable, Stage } from '../plan/stage.ts';
import { decodeFragment } from '../plan/wire/decode-stages.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { withStage } from '../task/decode-task.ts';
import type { SentTask, StageReference, Task } from '../task/task.ts';

/** Of a stage's tasks a warm executor runs many, and seldom those of more than a few stages in turns. */
const FRAGMENTS_KEPT = 4;

/** The fragments that came by reference last, by their content. */
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
 * A task with its fragment, which is fetched where it came by reference and is not known yet. Rejects as the store does; with
 * `TASK_REFUSED`, `details.reason` `altered`, where the object is not what the task's sender wrote; and with `MESSAGE_INVALID` or
 * `VERSION_SKEW`.
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
  // Of the tables a fragment knows the positions, which are checked against how many there are.
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
  const message = `The fragment of a task is not in the store: ${key}. Nothing but Volley may delete there, and executors need the coordinator's store.`;
  return new FabricError('OBJECT_NOT_FOUND', message, { cause, details: { key } });
}

function altered(key: string): FabricError {
  const message = `The executor refused a task: its fragment ${key} is not what was sent. Nothing but Volley may write into the store.`;
  return new FabricError('TASK_REFUSED', message, { details: { reason: 'altered', key } });
}
