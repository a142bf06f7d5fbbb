import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { parseExecutorConfig } from '../../../coordinator/invoke/executor-protocol.ts';
import { NO_STORE_REQUESTS } from '../../../engine/store/request-counts.ts';
import type { SentTask, TaskOutcome } from '../../../engine/task/task.ts';
import { createTaskHandler } from '../../../functions/executor/handle-task.ts';
import { serveParent } from '../../../functions/executor/serve-parent.ts';

/** A fake executor with the real protocol. The first column name of a task selects the behaviour or fault to simulate. */
const config = parseExecutorConfig(process.argv[2]);
mkdirSync(config.scratch, { recursive: true });
writeFileSync(join(config.scratch, 'spill'), 'x');
if (config.inputRoots.includes('/crash-at-start')) {
  console.error('no such library');
  process.exit(3);
}

const statistics = {
  rowsRead: 0,
  rowsWritten: 0,
  inputBytes: 0,
  shuffleBytesRead: 0,
  shuffleRowsRead: 0,
  bytesWritten: 0,
  cpuMs: 0,
  wallMs: 0,
  requests: NO_STORE_REQUESTS,
};

function inline(text: string): TaskOutcome {
  return { kind: 'succeeded', output: { kind: 'inline', bytes: Buffer.from(text), rows: 1 }, statistics };
}

async function run(task: SentTask, signal: AbortSignal): Promise<TaskOutcome> {
  const [command = '', argument = ''] = (task.columns[0] ?? '').split(' ');
  switch (command) {
    case 'pid':
      return inline(String(process.pid));
    case 'environment':
      return inline(Object.keys(process.env).sort().join(','));
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      break;
    case 'exit':
      console.error('last words');
      process.exit(Number(argument));
      break;
    case 'full-heap':
      console.error('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory');
      process.abort();
      break;
    case 'throw':
      throw new Error('a defect');
    case 'garbage':
      process.send?.('garbage');
      break;
    case 'obey':
      await announced(argument);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return inline('stopped');
    case 'hang':
      await announced(argument);
      break;
    case 'busy-thread': {
      // Simulates a kernel that keeps a thread busy for longer than the process may stay silent.
      const until = `const end = performance.now() + ${Number(argument)}; while (performance.now() < end);`;
      await once(new Worker(until, { eval: true }), 'exit');
      return inline('worked');
    }
    case 'spin':
      await announced(argument);
      for (;;);
    default:
      throw new Error(`no such command: ${command}`);
  }
  return new Promise(() => {});
}

/** Connects to the test. The open connection shows that the task runs. When it closes, the process has ended. */
async function announced(port: string): Promise<void> {
  if (port === '') return;
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${process.pid}\n`, () => resolve()));
  });
}

serveParent(createTaskHandler(run), () => {
  rmSync(config.scratch, { recursive: true, force: true });
  process.kill(process.pid, 'SIGKILL');
});
