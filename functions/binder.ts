import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { guardBinder } from '../coordinator/binder/program/guard.ts';
import { serveBinder } from '../coordinator/binder/program/thread.ts';

// The binder, started by a `BinderClient`. Its main thread only watches; a thread of the same program owns DuckDB.
if (isMainThread) guardBinder(pathToFileURL(process.argv[1] ?? ''));
else serveBinder();
