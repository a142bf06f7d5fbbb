import koffi from 'koffi';
import type { Pointer } from './library.ts';
import { locateLibrary } from './locate.ts';

/**
 * Gives a function that asks whatever runs on a connection to stop; it then fails with `INTERRUPT Error`. For another thread of the
 * process than the one that is busy on the connection, which must not be closed meanwhile. Only what runs is stopped, not what is
 * about to: callers repeat it until they have their answer. Binds one function only, since a thread that needs it is in a hurry.
 */
export function bindInterrupt(): (connection: Pointer) => void {
  return koffi.load(locateLibrary()).func('void duckdb_interrupt(uintptr_t connection)');
}
