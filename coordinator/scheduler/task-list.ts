import type { TaskState } from './task-state.ts';

/** The number of tasks per chunk. The value keeps the list of chunks short and copies of a chunk cheap. */
const CHUNK_LENGTH = 128;

/**
 * The states of a stage's tasks by task index, as an immutable list of chunks. A list that is derived from another list shares its
 * unchanged chunks. Changing one of 100,000 tasks therefore copies little data, and comparing two lists skips their shared chunks.
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

  /** Returns the state of a task, or undefined if the task does not exist. */
  at(task: number): TaskState | undefined {
    return this.chunks[Math.floor(task / CHUNK_LENGTH)]?.[task % CHUNK_LENGTH];
  }

  /** Returns a copy of the list in which one task has a new state. Throws a `RangeError` if the task does not exist. */
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
   * Yields the tasks whose state differs from an earlier list, in order. The running time depends on the number of changed chunks, not on
   * the length of the list.
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
