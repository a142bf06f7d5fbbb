import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

const INTERVAL_MS = 50;
/** What a file takes on disk is counted in blocks of so many bytes, whatever the file system's own are. */
const BLOCK_BYTES = 512;
const MIB = 2 ** 20;

/**
 * Watches what a process keeps on disk (its folder, and files it has open that have no name any more) and calls `passed` once, with what
 * it holds, when that passes a limit. Holes in files take no room. Ends when the function it gives is called.
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

/** By Linux's list of a process's open files; elsewhere they are not seen. */
function bytesOfNameless(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  let bytes = 0;
  for (const entry of entriesOf(folder)) {
    const stats = statsOf(join(folder, entry), statSync);
    if (stats?.isFile() && stats.nlink === 0) bytes += stats.blocks * BLOCK_BYTES;
  }
  return bytes;
}

/** Nothing where the folder has just gone, or was not made yet. */
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
