// Runs one task on a kernel worker that never stops. Arguments: the behaviour of the task and the scratch folder.
import { createTaskRunner } from '../../../engine/execute/run-task.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import { range, taskOf, totals } from './fixture.ts';

const [, , behaviour = '', scratch = ''] = process.argv;
const usesMemory = behaviour === 'uses more memory than its share';
const work = usesMemory ? 'const held = []; for (;;) held.push(Buffer.alloc(1 << 24, 1));' : 'for (;;);';
const worker = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', () => { ${work} });
  parentPort.postMessage({ kind: 'ready', connection: 0 });`;
const runner = await createTaskRunner({
  store: createFileStore(`${scratch}-store`),
  scratch,
  inputRoots: [],
  memoryMiB: 4096,
  kernelWorkerEntry: new URL(`data:text/javascript,${encodeURIComponent(worker)}`),
  graceMs: 200,
});
const cancel = new AbortController();
if (behaviour === 'is cancelled') setTimeout(() => cancel.abort(), 50);
const deadlineMs = Date.now() + (behaviour === 'passes its deadline' ? 50 : 60_000);
await runner.run(taskOf(totals(range(1n)), { deadlineMs, memoryMiB: usesMemory ? 64 : 4096 }), cancel.signal);
