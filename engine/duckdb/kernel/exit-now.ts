import koffi from 'koffi';

/**
 * Ends the process with an exit code, at once: `process.exit` waits for worker threads, of which one may be inside DuckDB for ever.
 */
export function exitNow(code: number): void {
  koffi.load(null).func('void _exit(int status)')(code);
}
