import { parentPort, workerData } from 'node:worker_threads';
import { serveKernel } from '../engine/execute/kernel-thread.ts';

// The worker thread of an executor that owns its DuckDB instance. Started by `Kernel` with a `KernelStart`.
if (parentPort === null) throw new Error('kernel-worker is started by an executor, not by hand');
serveKernel(parentPort, workerData);
