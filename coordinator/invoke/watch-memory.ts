import { readFileSync } from 'node:fs';

const INTERVAL_MS = 20;

/** A running watch of a process's memory. */
export interface MemoryWatch {
  /** The maximum memory since the last `reset`, in MiB. */
  readonly mostMiB: number;
  reset(): void;
  end(): void;
}

/**
 * Watches the resident memory of a process, as counted by the kernel. Calls `passed` once when the memory exceeds the limit. Works only on
 * Linux, and has no effect on other systems.
 */
export function watchMemory(pid: number, limitMiB: number, passed: () => void): MemoryWatch {
  let mostMiB = 0;
  let told = false;
  const look = () => {
    mostMiB = Math.max(mostMiB, residentMiB(pid));
    if (mostMiB <= limitMiB || told) return;
    told = true;
    passed();
  };
  const timer = setInterval(look, INTERVAL_MS);
  timer.unref();
  return {
    get mostMiB() {
      return mostMiB;
    },
    reset() {
      mostMiB = 0;
      look();
    },
    end: () => clearInterval(timer),
  };
}

function residentMiB(pid: number): number {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kibibytes ?? 0) / 1024;
  } catch {
    // The process has ended.
    return 0;
  }
}
