import { FabricError } from '../errors.ts';
import type { StageOutput } from '../plan/stage.ts';
import { combinePartitions } from '../shuffle/combine.ts';
import type { MeteredStore } from '../store/object-store.ts';
import { NO_REQUESTS } from '../store/request-counts.ts';
import type { Task, TaskOutcome } from '../task/task.ts';
import { Stopped, type Watch } from './watch.ts';

export interface CombineContext {
  /** The job's store. It counts the requests of this task only. */
  readonly store: MeteredStore;
  readonly watch: Watch;
  /** The task's own scratch folder. */
  readonly scratch: string;
  readonly memoryLimitBytes: number;
}

/**
 * Runs a task of a combining stage, which does not need the kernel. Rejects with the errors of `combinePartitions` and
 * of the store, and with `Stopped` if the task must stop.
 */
export async function runCombine(
  task: Task,
  output: Extract<StageOutput, { kind: 'combined' }>,
  { store, watch, scratch, memoryLimitBytes }: CombineContext,
): Promise<TaskOutcome> {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const [input] = task.inputs;
  if (input === undefined) throw new FabricError('INTERNAL', 'A combining task has no input.');
  const isStopped = () => watch.cause !== undefined;
  const combining = combinePartitions({
    store,
    input,
    output,
    task: task.index,
    memoryLimitBytes,
    spillDirectory: scratch,
    isStopped,
  });
  const combined = await Promise.race([combining, watch.stopped]);
  try {
    let sizeBytes = 0;
    const identity = await store.put(
      task.outputKey,
      (function* () {
        for (const part of combined.parts) {
          if (watch.cause !== undefined) throw new Stopped(watch.cause);
          sizeBytes += part.length;
          yield part;
        }
      })(),
    );
    const { rows } = combined;
    const cpu = process.cpuUsage(startCpu);
    return {
      kind: 'succeeded',
      output: { kind: 'object', key: task.outputKey, identity, rows, footer: combined.footer() },
      statistics: {
        rowsRead: 0,
        rowsWritten: rows,
        inputBytes: 0,
        shuffleBytesRead: combined.bytes,
        shuffleRowsRead: rows,
        bytesWritten: sizeBytes,
        cpuMs: (cpu.user + cpu.system) / 1000,
        wallMs: performance.now() - startMs,
        requests: { inputs: NO_REQUESTS, job: store.counts() },
      },
    };
  } finally {
    combined.close();
  }
}
