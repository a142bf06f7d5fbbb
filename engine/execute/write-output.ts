import { createReadStream } from 'node:fs';
import { FabricError } from '../errors.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Task, TaskOutput } from '../task/task.ts';
import type { Kernel, KernelBytes } from './kernel-client.ts';
import type { KernelEnd, KernelOutput } from './kernel-protocol.ts';

/** The kernel that produces an output, and the store that receives it. */
export interface OutputRoute {
  readonly kernel: Kernel;
  readonly store: ObjectStore;
  /** Runs after the last row is computed. Rejects if the output must be discarded. */
  readonly verify: () => Promise<void>;
}

/** A delivered output, with its size. */
export interface WrittenOutput {
  readonly output: TaskOutput;
  readonly sizeBytes: number;
}

/**
 * Delivers an output whose first bytes have arrived. A small result is returned in the outcome, and any other output is
 * written to the store. Afterwards the kernel has no output in progress, even on failure. Rejects with the errors of
 * the kernel, the store and `verify`.
 */
export async function writeOutput(
  task: Task,
  output: KernelOutput,
  first: KernelBytes,
  { kernel, store, verify }: OutputRoute,
): Promise<WrittenOutput> {
  let end: KernelEnd | undefined;
  let sizeBytes = 0;
  const pieces = outputPieces(kernel, output, first, async (ended) => {
    end = ended;
    await verify();
  });
  const counted = (async function* () {
    for await (const piece of pieces) {
      sizeBytes += piece.length;
      yield piece;
    }
  })();
  try {
    if (task.stage.output.kind !== 'result') {
      const identity = await store.put(task.outputKey, counted);
      if (end === undefined) throw new FabricError('INTERNAL', 'A shuffle output ended without its totals.');
      const { rows, footer } = end;
      const object = { kind: 'object', key: task.outputKey, identity, rows } as const;
      return { output: footer === undefined ? object : { ...object, footer }, sizeBytes };
    }
    const held: Uint8Array[] = [];
    for (let next = await counted.next(); next.done !== true; next = await counted.next()) {
      held.push(next.value);
      if (sizeBytes > task.inlineLimitBytes) {
        const identity = await store.put(task.outputKey, followedBy(held, counted));
        return { output: { kind: 'object', key: task.outputKey, identity, rows: end?.rows ?? 0 }, sizeBytes };
      }
    }
    return { output: { kind: 'inline', bytes: Buffer.concat(held), rows: end?.rows ?? 0 }, sizeBytes };
  } finally {
    await giveUpRest(kernel, counted);
  }
}

/** Yields the bytes of an output as they arrive. */
async function* outputPieces(
  kernel: Kernel,
  output: KernelOutput,
  first: KernelBytes,
  onEnd: (end: KernelEnd) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let current = first;
  while (current.end === undefined) {
    yield current.bytes;
    current = await kernel.more();
  }
  await onEnd(current.end);
  if (output.kind === 'parquet') yield* createReadStream(output.path);
  else yield current.bytes;
}

async function* followedBy(held: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* held;
  yield* rest;
}

/** Discards the unread rest of an output. A store that rejects the key may not have read any of it. Never rejects. */
async function giveUpRest(kernel: Kernel, pieces: AsyncGenerator<Uint8Array>): Promise<void> {
  try {
    // The generator returns only after a read in progress, which the kernel must answer before it accepts another request.
    await pieces.return(undefined);
    await kernel.giveUp();
  } catch {
    // An earlier error is more informative. If the kernel cannot discard the output, it has exited, and the next run
    // starts another one.
  }
}
