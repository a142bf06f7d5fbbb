import type { TaskState } from './task-state.ts';

/** Keeps the list of chunks short and the copy of one chunk cheap. */
const CHUNK_LENGTH = 128;

/**
 * The states of a stage's tasks by task index: an immutable list in chunks. A list derived from another shares its unchanged chunks.
 * Changing one task of 100,000 therefore copies little, and comparing two lists skips what they share.
 */
export class TaskList implements Iterable<TaskState> {
  readonly length: number;
  readonly chunks: readonly (readonly TaskState[])[];

  private constructor(length: number, chunks: readonly (readonly TaskState[])[]) {
    this.length = length;
    this.chunks = chunks;
  }

  static of(tasks: readonly TaskState[]): TaskList {
    const count = Math.ceil(tasks.length / CHUNK_LENGTH);
    const chunks = Array.from({ length: count }, (_, at) => tasks.slice(at * CHUNK_LENGTH, (at + 1) * CHUNK_LENGTH));
    return new TaskList(tasks.length, chunks);
  }

  /** The state of a task; undefined if the task does not exist. */
  at(task: number): TaskState | undefined {
    return this.chunks[Math.floor(task / CHUNK_LENGTH)]?.[task % CHUNK_LENGTH];
  }

  /** A list with another state for one task. Throws a `RangeError` if the task does not exist. */
  with(task: number, state: TaskState): TaskList {
    const at = Math.floor(task / CHUNK_LENGTH);
    const chunk = this.chunks[at] ?? [];
    return new TaskList(this.length, this.chunks.with(at, chunk.with(task % CHUNK_LENGTH, state)));
  }

  *[Symbol.iterator](): Generator<TaskState> {
    for (const chunk of this.chunks) yield* chunk;
  }

  *entries(): Generator<readonly [number, TaskState]> {
    let task = 0;
    for (const chunk of this.chunks) {
      for (const state of chunk) {
        yield [task, state];
        task += 1;
      }
    }
  }

  map<T>(transform: (state: TaskState, task: number) => T): T[] {
    return Array.from(this, transform);
  }

  /**
   * The tasks whose state differs from an earlier list, in order; all tasks if the lists share nothing. The cost depends on the difference,
   * not on the length.
   */
  *changedSince(earlier: TaskList): Generator<readonly [number, TaskState]> {
    for (const [at, chunk] of this.chunks.entries()) {
      const before = earlier.chunks[at];
      if (chunk === before) continue;
      for (const [index, state] of chunk.entries()) {
        if (state !== before?.[index]) yield [at * CHUNK_LENGTH + index, state];
      }
    }
  }
}
