import { readFileSync } from 'node:fs';

const INTERVAL_MS = 20;

/** A watch over what one process holds resident. */
export interface MemoryWatch {
  /** The most seen since the last `reset`, in MiB. */
  readonly mostMiB: number;
  reset(): void;
  end(): void;
}

/**
 * Watches a process by the kernel's count of its resident memory, and calls `passed` once when it passes a limit. Only Linux has that
 * count; elsewhere nothing is seen.
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
    // It has just ended.
    return 0;
  }
}
