import { createRequire } from 'node:module';
import type { Pointer } from './library.ts';
import { locateLibrary } from './locate.ts';

/**
 * Returns a function that interrupts the statement running on a connection. The statement then fails with `INTERRUPT Error`. Call the
 * function from a different thread, and keep the connection open during the call. An interrupt only stops a statement that is already
 * running, so callers repeat it until the statement has ended.
 */
export function bindInterrupt(): (connection: Pointer) => void {
  return requireKoffi().load(locateLibrary()).func('void duckdb_interrupt(uintptr_t connection)');
}

/**
 * Ends the process with an exit code immediately. `process.exit` would wait for worker threads, and one of them may never return from
 * DuckDB.
 */
export function exitNow(exitCode: number): void {
  requireKoffi().load(null).func('void _exit(int status)')(exitCode);
}

/** Loads koffi on first use. The thread that watches a task needs koffi only to stop the task. */
function requireKoffi(): typeof import('koffi') {
  return createRequire(import.meta.url)('koffi');
}
