import { rmSync } from 'node:fs';
import { systemClock } from '../coordinator/clock.ts';
import { connectionsWithin } from '../coordinator/http-server/limits.ts';
import { createLocalInvoker } from '../coordinator/invoke/local.ts';
import { endProcess } from '../engine/execute/end-process.ts';
import { isDebugging } from './config/config.ts';
import { type ExecutorMode, type ExecutorSettings, type HttpConfig, loadExecutorMode } from './executor/config.ts';
import { createTaskHandler } from './executor/handle-task.ts';
import { type AwaitedStore, awaitStore, checkFolders, makeScratch } from './executor/prepare-executor.ts';
import { serveHttp } from './executor/serve-http.ts';
import { serveParent } from './executor/serve-parent.ts';
import { serveRuntimeApi } from './executor/serve-runtime-api.ts';
import { startRunner } from './executor/start-runner.ts';
import { executorProgram } from './process/executor-program.ts';
import { errorText, exitStatusOf } from './process/exit-status.ts';
import { openFileLimit } from './process/machine.ts';
import { untilSignal } from './process/until-signal.ts';

// The executor process in all its forms: a child of an embedded or standalone process, a Lambda function, a server.

/** Runs tasks in this process for its parent, and ends with the parent. */
function serveAsChild(config: ExecutorSettings): void {
  const runner = startRunner(config);
  // The first task reports a runner that failed to start.
  runner.catch(() => undefined);
  /** Ends this process without waiting for its threads, because a kernel cannot be interrupted during a query. */
  const end = (reason: string) => endProcess(reason, 'killed', config.scratch);
  // Ctrl-C on a terminal reaches the whole process group. The parent handles it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  serveParent(
    createTaskHandler(async (task, signal) => (await runner).run(task, signal)),
    () => end('its parent process has ended'),
  );
}

function report(line: string): void {
  process.stderr.write(`volley executor: ${line}\n`);
}

/**
 * Accepts tasks over HTTP and runs them in child processes. A task that crashes its process affects neither other tasks
 * nor the HTTP server.
 */
async function serveAsServer(config: HttpConfig): Promise<void> {
  const signalled = untilSignal();
  await makeScratch(config);
  // Remove the folder even after a failed start, because repeated restarts must not fill the disk.
  process.once('exit', () => rmSync(config.scratch, { recursive: true, force: true }));
  await checkFolders(config);
  const store = await awaitStore(config, systemClock, report);
  await serveTasks(config, store, signalled).finally(() => store.close());
}

async function serveTasks(config: HttpConfig, store: AwaitedStore, signalled: Promise<void>): Promise<void> {
  const { host, port, concurrency, keys, storeRoot, scratch, inputRoots, memoryMiB, childEnvironment } = config;
  const executors = createLocalInvoker({
    ...executorProgram(childEnvironment),
    count: concurrency,
    startNow: concurrency,
    memoryMiB,
    storeRoot,
    scratchRoot: scratch,
    inputRoots,
  });
  try {
    const service = await serveHttp({
      host,
      port,
      maxConnections: connectionsWithin(openFileLimit()),
      concurrency,
      keys,
      run: (task, signal) => executors.invoke(task, signal),
      isReady: store.wasReached,
      report,
    });
    process.stderr.write(`volley executor listens on ${service.url}\n`);
    await Promise.race([signalled, store.wrong]).finally(() => service.drain());
  } finally {
    await executors.close();
  }
}

async function serve(mode: ExecutorMode): Promise<void> {
  switch (mode.kind) {
    case 'parent':
      return serveAsChild(mode.config);
    case 'lambda':
      return serveRuntimeApi({
        api: mode.api,
        start: async () => {
          const runner = await startRunner(mode.config());
          return (task, signal) => runner.run(task, signal);
        },
      });
    case 'http':
      return serveAsServer(mode);
    case 'help':
      return;
    default:
      return mode satisfies never;
  }
}

let phase: 'starting' | 'running' = 'starting';
try {
  const mode = await loadExecutorMode(process.argv.slice(2));
  phase = 'running';
  await serve(mode);
} catch (error) {
  process.stderr.write(errorText(error, isDebugging()));
  process.exit(exitStatusOf({ kind: 'failed', phase, error }));
}
