import { rmSync, writeSync } from 'node:fs';
import { exitNow } from '../duckdb/kernel/interrupt.ts';

/**
 * Ends this process at once, its scratch folder removed, whatever its other threads are doing: a thread that is inside DuckDB and does not
 * come back cannot be stopped otherwise. The reason goes to standard error. `killed`: as if somebody else had killed it.
 */
export function endProcess(reason: string, how: 'killed' | { readonly exitCode: number }, scratch: string): void {
  try {
    rmSync(scratch, { recursive: true, force: true });
    writeSync(2, `volley executor ${process.pid} ends itself: ${reason}\n`);
  } finally {
    if (how === 'killed') process.kill(process.pid, 'SIGKILL');
    else exitNow(how.exitCode);
  }
}
