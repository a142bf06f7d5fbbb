/**
 * Collects an image's files from a built checkout: the bundles without source maps, the packages that cannot be
 * bundled, and their dependencies.
 *
 *   node scripts/images/collect.mjs executor|coordinator FOLDER
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The bundles to start, and the packages they load by name (`external` in scripts/build.mjs). */
const images = {
  executor: { bundles: ['executor.js', 'kernel-worker.js'], packages: ['koffi', '@duckdb/node-bindings', 'lz4-napi'] },
  coordinator: {
    bundles: ['volley.js', 'serve.js', 'binder.js', 'executor.js', 'kernel-worker.js', 'result-writer.js'],
    packages: ['koffi', '@duckdb/node-bindings', 'etcd3', 'lz4-napi'],
  },
};
/**
 * Unused files: files for compilers, files for other C libraries, and the DuckDB addon that only `@duckdb/node-api`
 * uses.
 */
const UNUSED =
  /\/(?:vendor|doc|native|[^/]*\.(?:cc|hh|inc|S|asm)|musl_x64|musl_arm64|cnoke\.cjs|duckdb\.node|CHANGELOG\.md|README\.md|[^/]*\.d\.ts)$/;

const [image = '', target = ''] = process.argv.slice(2);
if (images[image] === undefined || target === '') {
  console.error('Usage: node scripts/images/collect.mjs executor|coordinator FOLDER');
  process.exit(2);
}

mkdirSync(join(target, 'dist'), { recursive: true });
const bundles = new Set(images[image].bundles);
// Iterating a set also visits the chunks that are added during the iteration.
for (const file of bundles) {
  const source = readFileSync(join(root, 'dist', file), 'utf8');
  for (const [, part] of source.matchAll(/\b(?:from|import)\s*\(?\s*"\.\/([\w.-]+\.js)"/g)) bundles.add(part);
  writeFileSync(join(target, 'dist', file), source);
}
if (image === 'coordinator') cpSync(join(root, 'bin'), join(target, 'bin'), { recursive: true });

const { name, version, license } = readJson(join(root, 'package.json'));
writeFileSync(join(target, 'package.json'), `${JSON.stringify({ name, version, license, type: 'module' }, null, 2)}\n`);

// Packages are tracked by folder, because a package may contain its own version of a dependency.
const packages = new Set(images[image].packages.map((name) => join('node_modules', name)));
for (const folder of packages) {
  const from = join(root, folder);
  const isWanted = (path) =>
    !path.slice(from.length).startsWith('/node_modules') && !UNUSED.test(path.slice(from.length));
  mkdirSync(dirname(join(target, folder)), { recursive: true });
  cpSync(from, join(target, folder), { recursive: true, filter: isWanted });
  const { dependencies = {}, optionalDependencies = {} } = readJson(join(from, 'package.json'));
  for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const found = locate(folder, dependency);
    if (found !== undefined) packages.add(found);
    // Of the optional packages, only those for this platform are installed.
    else if (!(dependency in optionalDependencies)) throw new Error(`${dependency}, which ${folder} needs, is missing`);
  }
}

/** Resolves a dependency of the package in `folder` as Node does. */
function locate(folder, name) {
  for (let within = folder; within !== '.'; within = dirname(within)) {
    const found = join(within, 'node_modules', name);
    if (existsSync(join(root, found, 'package.json'))) return found;
  }
  const found = join('node_modules', name);
  return existsSync(join(root, found, 'package.json')) ? found : undefined;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
