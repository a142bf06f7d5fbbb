import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;

/** Resident bytes of a process. Returns 0 if the process has ended, and on systems other than Linux. */
export function residentBytes(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0;
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1] ?? 0) * PAGE_BYTES;
  } catch {
    // The process has ended.
    return 0;
  }
}
