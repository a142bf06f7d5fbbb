/**
 * How executors are to use memory, for glibc's malloc (Linux; elsewhere it means nothing). A task takes and gives back hundreds of
 * megabytes in large blocks, and by default each goes back to the kernel at once and comes again page by page, cleared: a fifth of a
 * shuffle's CPU. Blocks are kept up to a bound, in one arena, in huge pages where the kernel grants them.
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
