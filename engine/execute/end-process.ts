import { rmSync, writeSync } from 'node:fs';
import { exitNow } from '../duckdb/kernel/interrupt.ts';

/**
 * Removes the scratch folder and ends this process at once, whatever its other threads do: a thread inside DuckDB that does not return
 * cannot be stopped otherwise. The reason goes to standard error. `killed`: ends by SIGKILL.
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
