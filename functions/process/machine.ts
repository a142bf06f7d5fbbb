import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';

/** The share of the machine's memory that all executors together may use. */
const MEMORY_SHARE = 0.7;
const MIB = 2 ** 20;

/** The cores and memory that this process may use. */
export interface Machine {
  readonly cores: number;
  readonly memoryMiB: number;
}

/** The machine's resources within the limits of this process's container. */
export function readMachine(): Machine {
  return { cores: availableParallelism(), memoryMiB: Math.floor(Math.min(totalmem(), cgroupLimit()) / MIB) };
}

/** Returns the memory limit of this process's control group, or infinity if there is no limit. */
function cgroupLimit(): number {
  for (const path of ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes']) {
    try {
      const limit = Number(readFileSync(path, 'utf8').trim());
      if (Number.isFinite(limit) && limit > 0) return limit;
    } catch {
      // This version of control groups is not in use.
    }
  }
  return Number.POSITIVE_INFINITY;
}

/** The memory that all executors together may use, in MiB. */
export function allExecutorsMemoryMiB(machine: Machine): number {
  return Math.max(256, Math.floor(machine.memoryMiB * MEMORY_SHARE));
}

/** Returns the maximum number of open files, sockets and pipes of this process, or infinity if it is unknown. */
export function openFileLimit(): number {
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
  } catch {
    // Systems other than Linux have no such file.
    return Number.POSITIVE_INFINITY;
  }
}
