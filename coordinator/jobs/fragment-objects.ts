import { createHash } from 'node:crypto';
import { asFabricError } from '../../engine/errors.ts';
import type { Stage, StageId } from '../../engine/plan/stage.ts';
import { encodeFragment } from '../../engine/plan/wire/encode-stages.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import type { SentTask, StageReference, Task } from '../../engine/task/task.ts';
import { fragmentKey, type KeyedJob } from '../scheduler/keys.ts';
import { isReferred } from '../scheduler/long-fragment.ts';

/** Stores the fragments of a job that are too large for task messages. Each is written once, when the first of its tasks is sent. */
export class FragmentObjects {
  readonly #store: ObjectStore;
  readonly #job: KeyedJob;
  readonly #guard: () => void;
  readonly #written = new Map<StageId, Promise<StageReference>>();

  /** `guard` is called before and after a write. It throws if this process no longer owns the job. */
  constructor(store: ObjectStore, job: KeyedJob, guard: () => void) {
    this.#store = store;
    this.#job = job;
    this.#guard = guard;
  }

  /** The task to send: a promise only if its fragment is sent by reference. Rejects as the store and the guard do, and may be retried. */
  message(task: Task): SentTask | Promise<SentTask> {
    if (!isReferred(task.stage)) return task;
    const { id } = task.stage;
    const written = this.#written.get(id) ?? this.#write(task.stage);
    this.#written.set(id, written);
    written.catch(() => this.#written.delete(id));
    return written.then((stage) => {
      this.#guard();
      return { ...task, stage };
    });
  }

  async #write(stage: Stage): Promise<StageReference> {
    const bytes = encodeFragment(stage);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const key = fragmentKey(this.#job, stage.id, sha256);
    this.#guard();
    await this.#store.put(key, [bytes]).catch((error) => {
      // An earlier owner wrote it, or the answer to an earlier write was lost.
      if (asFabricError(error).code !== 'OBJECT_EXISTS') throw error;
    });
    return { key, sizeBytes: bytes.length, sha256 };
  }
}
