import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How many processes the kernel has ended because the memory of this process's control group, a container mostly, was used up. It does
 * so by SIGKILL, which says nothing of why. 0 where that is not counted: outside of Linux, or of any group with a limit.
 * Files as in Linux's cgroup-v2.rst (`memory.events`) and cgroup-v1/memory.rst (`memory.oom_control`); `root` holds /proc and /sys.
 */
export function kernelKills(root = '/'): number {
  const groups = read(join(root, 'proc/self/cgroup')).split('\n');
  for (const { name, mount, file } of HIERARCHIES) {
    const [, path = '/'] = groups.map((line) => name.exec(line)).find((match) => match !== null) ?? [];
    // In a container the group is the root of what is mounted, and may be called by its name outside.
    for (const folder of [path, '/']) {
      const [, count] = /^oom_kill (\d+)$/m.exec(read(join(root, mount, folder, file))) ?? [];
      if (count !== undefined) return Number(count);
    }
  }
  return 0;
}

const HIERARCHIES = [
  { name: /^\d+:memory:(.*)$/, mount: 'sys/fs/cgroup/memory', file: 'memory.oom_control' },
  { name: /^0::(.*)$/, mount: 'sys/fs/cgroup', file: 'memory.events' },
] as const;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
