/** Reads the CPU and memory of a process and its descendants from /proc on Linux. */
import { readdirSync, readFileSync } from 'node:fs';

interface ProcessUse {
  readonly pid: number;
  readonly parent: number;
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

const ticksPerSecond = 100;
const pageBytes = 4096;

function readProcess(pid: string): ProcessUse | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Field 2, the name, may contain spaces. Field 3 follows its closing parenthesis.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, userTicks = 0, systemTicks = 0, pages = 0] = [fields[1], fields[11], fields[12], fields[21]];
    const cpuSeconds = (userTicks + systemTicks) / ticksPerSecond;
    return { pid: Number(pid), parent, cpuSeconds, residentBytes: pages * pageBytes };
  } catch {
    return undefined;
  }
}

/** Returns the used CPU seconds and resident bytes, summed over the process `root` and its living descendants. */
export function processTreeUse(root: number): { readonly cpuSeconds: number; readonly residentBytes: number } {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readProcess(pid) ?? []);
  const tree = new Set([root]);
  for (let grown = true; grown; ) {
    const before = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
    grown = tree.size > before;
  }
  const members = processes.filter(({ pid }) => tree.has(pid));
  return {
    cpuSeconds: members.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    residentBytes: members.reduce((sum, { residentBytes }) => sum + residentBytes, 0),
  };
}
