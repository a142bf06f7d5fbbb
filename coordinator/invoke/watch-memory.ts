import { readFileSync } from 'node:fs';

const INTERVAL_MS = 20;

/** Watches the resident memory of one process. */
export interface MemoryWatch {
  /** The maximum since the last `reset`, in MiB. */
  readonly mostMiB: number;
  reset(): void;
  end(): void;
}

/**
 * Watches a process's resident memory as the kernel counts it. Calls `passed` once when it exceeds the limit. Linux only; has no effect
 * elsewhere.
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
