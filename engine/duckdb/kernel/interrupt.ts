import { createRequire } from 'node:module';
import type { Pointer } from './library.ts';
import { locateLibrary } from './locate.ts';

/**
 * Gives a function that asks whatever runs on a connection to stop; it then fails with `INTERRUPT Error`. For another thread of the
 * process than the one that is busy on the connection, which must not be closed meanwhile. Only what runs is stopped, not what is
 * about to: callers repeat it until they have their answer.
 */
export function bindInterrupt(): (connection: Pointer) => void {
  return requireKoffi().load(locateLibrary()).func('void duckdb_interrupt(uintptr_t connection)');
}

/**
 * Ends the process with an exit code, at once: `process.exit` waits for worker threads, of which one may be inside DuckDB for ever.
 */
export function exitNow(exitCode: number): void {
  requireKoffi().load(null).func('void _exit(int status)')(exitCode);
}

/** The thread that watches a task needs the library only when something goes wrong: loading it is no part of its start. */
function requireKoffi(): typeof import('koffi') {
  return createRequire(import.meta.url)('koffi');
}
