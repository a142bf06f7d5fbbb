import { parseExecutorConfig } from '../coordinator/invoke/executor-protocol.ts';
import { endProcess } from '../engine/execute/end-process.ts';
import { createTaskRunner } from '../engine/execute/run-task.ts';
import { createFileStore } from '../engine/store/file.ts';
import { createTaskHandler } from './executor/handle-task.ts';
import { serveParent } from './executor/serve-parent.ts';

/** The executor process of the embedded mode: started by the local invoker, serves it over their channel, and ends with it. */
const config = parseExecutorConfig(process.argv[2]);
const runner = createTaskRunner({
  store: createFileStore(config.storeRoot),
  scratch: config.scratch,
  inputRoots: config.inputRoots,
  memoryMiB: config.memoryMiB,
  // Beside this module, bundled or not.
  kernelWorkerEntry: new URL(`./kernel-worker${import.meta.url.slice(-3)}`, import.meta.url),
});
// A runner that cannot be made is told of by the first task, as its failure.
runner.catch(() => undefined);

/** Ends this process whatever its threads are doing: a kernel in the middle of a query does not let itself be asked. */
const end = (reason: string) => endProcess(reason, 'killed', config.scratch);

// Ctrl-C on a terminal reaches the whole process group; it is the parent that decides what it means.
process.on('SIGINT', () => {});
process.on('SIGTERM', end);
process.on('SIGHUP', end);
serveParent(
  createTaskHandler(async (task, signal) => (await runner).run(task, signal)),
  () => end('the process that started it is gone'),
);
