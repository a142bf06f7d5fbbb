/** The repository paths that comments and documents name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const folders = ['coordinator', 'docs', 'engine', 'functions', 'infra', 'localstack', 'proto', 'scripts', 'test'];
/** A path that begins with one of the folders. Excludes parts of URLs and images such as `localstack/localstack-pro`. */
const NAMED = new RegExp(`(?<![\\w./:$-])(?:${folders.join('|')})/(?!localstack-pro)[\\w./-]*`, 'g');

/** Patterns for the text of a file that may name paths, by file extension. */
const NAMING: Readonly<Record<string, RegExp>> = {
  md: /[\s\S]+/g,
  ts: /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm,
  mjs: /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm,
  proto: /(?<=^|\s)\/\/.*$/gm,
  yml: /#.*$/gm,
  yaml: /#.*$/gm,
  Dockerfile: /#.*$/gm,
};

const files = [
  'README.md',
  ...folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => !/(^|\/)(node_modules|generated)\//.test(path)),
  ),
];

/** Each repository path that a comment or a document names, with the file that names it. */
export const namedPaths: readonly { readonly file: string; readonly named: string }[] = files.flatMap((file) => {
  const naming = NAMING[file.slice(file.lastIndexOf('.') + 1)];
  if (naming === undefined) return [];
  const texts = readFileSync(join(root, file), 'utf8').match(naming) ?? [];
  return texts.flatMap((text) =>
    (text.match(NAMED) ?? []).map((named) => ({ file, named: named.replace(/[./]+$/, '') })),
  );
});

/** Whether the repository has a file or folder at this path. */
export function existsInRepository(path: string): boolean {
  return existsSync(join(root, path));
}
