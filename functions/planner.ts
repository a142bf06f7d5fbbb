import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { guardPlanner } from './planner/guard.ts';
import { servePlanner } from './planner/thread.ts';

// The planner process, started by a `PlannerClient`. Its main thread only watches; a thread of the same program owns DuckDB.
if (isMainThread) guardPlanner(pathToFileURL(process.argv[1] ?? ''));
else servePlanner();
