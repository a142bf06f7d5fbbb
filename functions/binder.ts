import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { guardBinder } from '../coordinator/binder/program/guard.ts';
import { serveBinder } from '../coordinator/binder/program/thread.ts';

// The binder, started by a `BinderClient`. The main thread guards the process, and a worker thread owns DuckDB.
if (isMainThread) guardBinder(pathToFileURL(process.argv[1] ?? ''));
else serveBinder();
