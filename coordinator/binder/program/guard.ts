import { Worker } from 'node:worker_threads';
import type { BinderMessage, BinderStart } from '../binder-protocol.ts';

/** How often memory is looked at while a request is planned: a constant being folded grows by some 2 GB a second. */
const WATCH_MS = 10;

/**
 * The main thread of a binder: hands requests to the planning thread and its answers back, and ends the process where it passes
 * its memory limit (and says so), where the planning thread dies, and where its parent is gone. DuckDB's own limit does not bind while
 * constants are folded, nor can folding be interrupted, so only the end of the process is sure.
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
  worker.on('message', (answer) => {
    settle();
    process.send?.(answer);
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
  // The parent may have gone before anybody listened.
  if (!process.connected) endNow();
  // A Ctrl-C at a terminal goes to the whole group; the parent decides what becomes of its children.
  process.on('SIGINT', () => undefined);
}

function endIfTooLarge(limitMiB: number): void {
  if (process.memoryUsage.rss() <= limitMiB * 1024 * 1024) return;
  const message: BinderMessage = { kind: 'too-large' };
  process.send?.(message, undefined, undefined, endNow);
}

/** `process.exit` would wait for the planning thread to come back from DuckDB. */
function endNow(): void {
  process.kill(process.pid, 'SIGKILL');
}

function readStart(argument: string | undefined): BinderStart {
  if (argument === undefined) throw new Error('the binder is started by a coordinator, not by hand');
  // The border between a process and the parent that started it.
  return JSON.parse(argument) as BinderStart;
}
