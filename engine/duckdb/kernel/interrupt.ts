import { createRequire } from 'node:module';
import type { Pointer } from './library.ts';
import { locateLibrary } from './locate.ts';

/**
 * Returns a function that interrupts the statement running on a connection, which then fails with `INTERRUPT Error`. Call it from a
 * different thread than the one that runs the statement; the connection must stay open meanwhile. It only stops a statement that is already
 * running, so callers repeat it until the statement has ended.
 */
export function bindInterrupt(): (connection: Pointer) => void {
  return requireKoffi().load(locateLibrary()).func('void duckdb_interrupt(uintptr_t connection)');
}

/**
 * Ends the process with an exit code at once. `process.exit` would wait for worker threads, and one of them may never return from DuckDB.
 */
export function exitNow(exitCode: number): void {
  requireKoffi().load(null).func('void _exit(int status)')(exitCode);
}

/** Loads koffi on first use: the thread that watches a task needs it only to stop the task. */
function requireKoffi(): typeof import('koffi') {
  return createRequire(import.meta.url)('koffi');
}
