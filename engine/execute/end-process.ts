import { rmSync, writeSync } from 'node:fs';
import { exitNow } from '../duckdb/kernel/interrupt.ts';

/**
 * The exit code of an executor that ended itself because it exceeded its memory limit and DuckDB did not stop (`EX_SOFTWARE`, which Node
 * never uses).
 */
export const MEMORY_EXIT_CODE = 70;

/**
 * Ends this process at once, after removing its scratch folder: a thread stuck inside DuckDB cannot be stopped in another way. Writes the
 * reason to standard error. `killed`: ends by SIGKILL.
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
