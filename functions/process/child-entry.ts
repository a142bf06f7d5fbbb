/** Entry modules beside the program's own: what its children and threads run, and commands that are programs of their own. */
export type ChildName = 'executor' | 'binder' | 'serve' | 'kernel-worker';

const isBundled = !import.meta.url.endsWith('.ts');

/** Where a child's entry module is: beside this one in a bundle, in `functions/` when run from source. */
export function childEntry(name: ChildName): URL {
  return new URL(isBundled ? `./${name}.js` : `../${name}.ts`, import.meta.url);
}

/** Node's own options for children: from source they need the loader this process was started with. */
export function childNodeOptions(): readonly string[] {
  return isBundled ? [] : process.execArgv;
}
