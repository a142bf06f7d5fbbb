import { Worker } from 'node:worker_threads';
import type { BinderAnswer, BinderMessage, BinderStart, Numbered, ReadingNotice } from '../binder-protocol.ts';

/** The interval between memory checks during a request. Constants can grow by 2 GB per second while they are folded. */
const WATCH_MS = 10;

/**
 * Runs the main thread of a binder, which passes requests to the binder thread and returns the answers. Ends the process when the thread
 * dies, when the parent has ended, or when memory exceeds the limit, after notifying the parent. DuckDB's own memory limit does not apply
 * while constants are folded, and folding cannot be interrupted, so only ending the process is reliable.
 */
export function guardBinder(entry: URL): void {
  const start = readStart(process.argv[2]);
  const worker = new Worker(entry, { workerData: start });
  let pending = 0;
  let watch: NodeJS.Timeout | undefined;
  const settle = (): void => {
    pending -= 1;
    if (pending > 0) return;
    clearInterval(watch);
    watch = undefined;
  };
  worker.on('message', (message: Numbered<BinderAnswer> | ReadingNotice) => {
    if (message.kind === 'numbered') settle();
    process.send?.(message);
  });
  worker.on('error', (error) => {
    process.stderr.write(`${error.name}: ${error.message}\n`);
    process.exit(1);
  });
  worker.on('exit', () => process.exit(1));
  process.on('message', (request) => {
    pending += 1;
    watch ??= setInterval(() => endIfTooLarge(start.memoryLimitMiB), WATCH_MS);
    worker.postMessage(request);
  });
  process.on('disconnect', endNow);
  // The parent may have ended already.
  if (!process.connected) endNow();
  // Ctrl-C at a terminal interrupts the whole process group. The parent decides when its children end.
  process.on('SIGINT', () => undefined);
}

function endIfTooLarge(limitMiB: number): void {
  if (process.memoryUsage.rss() <= limitMiB * 1024 * 1024) return;
  const message: BinderMessage = { kind: 'too-large' };
  process.send?.(message, undefined, undefined, endNow);
}

/** Kills the process. `process.exit` would wait for the thread to return from DuckDB. */
function endNow(): void {
  process.kill(process.pid, 'SIGKILL');
}

function readStart(argument: string | undefined): BinderStart {
  if (argument === undefined) throw new Error('The binder cannot be started directly. A coordinator must start it.');
  // An unchecked cast is safe here, because the parent runs the same program.
  return JSON.parse(argument) as BinderStart;
}
