import { rmSync, writeSync } from 'node:fs';
import { exitNow } from '../duckdb/kernel/interrupt.ts';

/**
 * Removes the scratch folder, writes the reason to standard error and terminates this process immediately. A thread
 * stuck inside DuckDB cannot be stopped in any other way. `how` selects SIGKILL or an exit code.
 */
export function endProcess(reason: string, how: 'killed' | { readonly exitCode: number }, scratch: string): void {
  try {
    rmSync(scratch, { recursive: true, force: true });
    writeSync(2, `volley executor ${process.pid} is terminating: ${reason}\n`);
  } finally {
    if (how === 'killed') process.kill(process.pid, 'SIGKILL');
    else exitNow(how.exitCode);
  }
}
