import { fileURLToPath } from 'node:url';
import { childEntry, childNodeOptions } from './child-entry.ts';

/**
 * Tuning of glibc's malloc for executors (no effect outside Linux). A task allocates and frees hundreds of megabytes in
 * large blocks. By default, malloc immediately returns each block to the kernel, which later supplies it again page by
 * page, zeroed. This takes a fifth of a shuffle's CPU time. With these settings, malloc keeps freed blocks up to a
 * bound, in one arena, in huge pages where the kernel grants them.
 */
export const executorEnvironment: Readonly<Record<string, string>> = {
  GLIBC_TUNABLES: [
    'glibc.malloc.hugetlb=1',
    'glibc.malloc.arena_max=1',
    `glibc.malloc.trim_threshold=${256 << 20}`,
    `glibc.malloc.mmap_threshold=${32 << 20}`,
    `glibc.malloc.top_pad=${16 << 20}`,
  ].join(':'),
};

/**
 * The program of executors that are child processes of this process. `environment` is added to the variables common to
 * all executors.
 */
export function executorProgram(environment: Readonly<Record<string, string>>) {
  return {
    executorEntry: fileURLToPath(childEntry('executor')),
    execArgv: childNodeOptions(),
    environment: { ...executorEnvironment, ...environment },
  };
}
