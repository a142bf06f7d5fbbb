import { parentPort, workerData } from 'node:worker_threads';
import { serveKernel } from '../engine/execute/kernel-thread.ts';

// The worker thread of an executor that owns its DuckDB instance. Started by `Kernel` with a `KernelStart`.
if (parentPort === null) throw new Error('Only an executor can start kernel-worker.');
serveKernel(parentPort, workerData);
