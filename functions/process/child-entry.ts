/** The entry modules of child processes, threads, and commands that are separate programs. */
export type ChildName = 'executor' | 'binder' | 'serve' | 'kernel-worker' | 'result-writer';

const isBundled = !import.meta.url.endsWith('.ts');

/**
 * Returns the URL of an entry module, which is next to this module in a bundle and in `functions/` when run from
 * source.
 */
export function childEntry(name: ChildName): URL {
  return new URL(isBundled ? `./${name}.js` : `../${name}.ts`, import.meta.url);
}

/** Returns the Node options for child processes. When run from source, they need the loader of this process. */
export function childNodeOptions(): readonly string[] {
  return isBundled ? [] : process.execArgv;
}
