import { createHash } from 'node:crypto';
import { asFabricError } from '../../engine/errors.ts';
import type { Stage, StageId } from '../../engine/plan/stage.ts';
import { encodeFragment } from '../../engine/plan/wire/encode-stages.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import type { SentTask, StageReference, Task } from '../../engine/task/task.ts';
import { fragmentKey, type KeyedJob } from '../scheduler/keys.ts';
import { isReferred } from '../scheduler/long-fragment.ts';

/**
 * Stores a job's fragments that are too large for task messages. Each fragment is written once, when the first task of its stage is sent.
 */
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

  /**
   * Returns the task in the form to send. Returns a promise only if the fragment is sent by reference. The promise rejects with errors of
   * the store and the guard, and the call may then be repeated.
   */
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
      // The object already exists if an earlier owner wrote it, or if the answer to an earlier write was lost.
      if (asFabricError(error).code !== 'OBJECT_EXISTS') throw error;
    });
    return { key, sizeBytes: bytes.length, sha256 };
  }
}
