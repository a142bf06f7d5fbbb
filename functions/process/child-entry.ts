/** The entry modules of child processes, threads, and commands that are separate programs. */
export type ChildName = 'executor' | 'binder' | 'serve' | 'kernel-worker' | 'result-writer';

const isBundled = !import.meta.url.endsWith('.ts');

/** The URL of an entry module: next to this one in a bundle, in `functions/` when run from source. */
export function childEntry(name: ChildName): URL {
  return new URL(isBundled ? `./${name}.js` : `../${name}.ts`, import.meta.url);
}

/** Node options for children: from source they need the loader of this process. */
export function childNodeOptions(): readonly string[] {
  return isBundled ? [] : process.execArgv;
}
