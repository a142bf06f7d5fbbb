import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';

/** The share of the machine's memory that all executors together may use. */
const MEMORY_SHARE = 0.7;
const MIB = 2 ** 20;

/** Cores and memory this process may use. */
export interface Machine {
  readonly cores: number;
  readonly memoryMiB: number;
}

/** What the machine has, within the limits of the container this process runs in. */
export function readMachine(): Machine {
  return { cores: availableParallelism(), memoryMiB: Math.floor(Math.min(totalmem(), cgroupLimit()) / MIB) };
}

/** The memory limit of this process's control group; infinite where there is none. */
function cgroupLimit(): number {
  for (const path of ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes']) {
    try {
      const limit = Number(readFileSync(path, 'utf8').trim());
      if (Number.isFinite(limit) && limit > 0) return limit;
    } catch {
      // Another version of control groups, or none.
    }
  }
  return Number.POSITIVE_INFINITY;
}

/** MiB all executors together may use. */
export function allExecutorsMemoryMiB(machine: Machine): number {
  return Math.max(256, Math.floor(machine.memoryMiB * MEMORY_SHARE));
}
