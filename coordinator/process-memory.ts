import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;

/** Resident bytes of a process on Linux; 0 elsewhere, and for a process that has ended. */
export function residentBytes(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0;
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1] ?? 0) * PAGE_BYTES;
  } catch {
    // The process has ended.
    return 0;
  }
}
