import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

const INTERVAL_MS = 50;
/** The unit of `stats.blocks`, which does not depend on the block size of the file system. */
const BLOCK_BYTES = 512;
const MIB = 2 ** 20;

/**
 * Watches the disk usage of a process: its folder, and deleted files that it still has open. Calls `passed` once, with the usage, when the
 * usage exceeds the limit. Holes in files do not count. The returned function ends the watch.
 */
export function watchScratch(
  pid: number,
  folder: string,
  limitMiB: number,
  passed: (usedMiB: number) => void,
): () => void {
  const timer = setInterval(() => {
    const usedMiB = (bytesUnder(folder) + bytesOfNameless(pid)) / MIB;
    if (usedMiB <= limitMiB) return;
    clearInterval(timer);
    passed(usedMiB);
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function bytesUnder(folder: string): number {
  let bytes = 0;
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry);
    const stats = statsOf(path, lstatSync);
    if (stats === undefined) continue;
    bytes += stats.isDirectory() ? bytesUnder(path) : stats.blocks * BLOCK_BYTES;
  }
  return bytes;
}

/** The size of deleted files that the process still has open. Returns 0 on systems other than Linux. */
function bytesOfNameless(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  let bytes = 0;
  for (const entry of entriesOf(folder)) {
    const stats = statsOf(join(folder, entry), statSync);
    if (stats?.isFile() && stats.nlink === 0) bytes += stats.blocks * BLOCK_BYTES;
  }
  return bytes;
}

/** The names in a folder; empty if the folder does not exist. */
function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function statsOf(path: string, look: (path: string) => Stats): Stats | undefined {
  try {
    return look(path);
  } catch {
    return undefined;
  }
}
