import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Identifies the set of processes that share process ids with this one. Containers and machines may share a folder, and a process of
 * another container may be alive although its id does not exist here.
 */
function placeOfProcess(): string {
  const parts = [hostname(), textOf(() => readFileSync('/etc/machine-id', 'utf8')), pidNamespace()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8);
}

/** Returns a unique name for a temporary file or folder of this process: `{place}-{pid}-{random}`. */
export function temporaryName(): string {
  return `${placeOfProcess()}-${process.pid}-${randomBytes(6).toString('hex')}`;
}

/** Returns whether a name that `temporaryName` returned belongs to a process of this machine or container that has ended. */
function isAbandoned(name: string, ownPlace: string): boolean {
  const [, place, pid] = /^([0-9a-f]{8})-([0-9]+)-[0-9a-f]{12}$/.exec(name) ?? [];
  return place === ownPlace && pid !== undefined && !exists(Number(pid));
}

/**
 * Removes the temporary files and folders in `folder` that killed processes of the same user left behind. The first group of `pattern`
 * matches their `temporaryName`. Entries that cannot be removed are skipped.
 */
export async function removeAbandoned(folder: string, pattern: RegExp): Promise<void> {
  const ownPlace = placeOfProcess();
  for (const entry of await readdir(folder).catch(() => [])) {
    const name = pattern.exec(entry)?.[1];
    if (name === undefined || !isAbandoned(name, ownPlace)) continue;
    const path = join(folder, entry);
    const stats = await lstat(path).catch(() => undefined);
    if (stats === undefined || stats.uid !== process.getuid?.()) continue;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // `EPERM` means that the process belongs to another user.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function pidNamespace(): string {
  return textOf(() => readlinkSync('/proc/self/ns/pid'));
}

/** Returns an empty text if the file does not exist on this platform. */
function textOf(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
