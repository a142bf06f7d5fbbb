/**
 * Lays out what an image holds, from a checkout that is built: bundles without source maps, and the packages that bundles cannot
 * hold, with what these depend on. The other production dependencies are in the bundles.
 *
 *   node scripts/images/collect.mjs executor|coordinator FOLDER
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The bundles that are started, and the packages they load by name (`external` in scripts/build.mjs). */
const images = {
  executor: { bundles: ['executor.js', 'kernel-worker.js'], packages: ['koffi', '@duckdb/node-bindings'] },
  coordinator: {
    bundles: ['volley.js', 'serve.js', 'planner.js', 'executor.js', 'kernel-worker.js'],
    packages: ['koffi', '@duckdb/node-bindings', 'etcd3'],
  },
};
/** For compilers, for other C libraries, and the DuckDB addon that only `@duckdb/node-api` uses. */
const UNUSED =
  /\/(?:vendor|doc|native|[^/]*\.(?:cc|hh|inc|S|asm)|musl_x64|musl_arm64|cnoke\.cjs|duckdb\.node|CHANGELOG\.md|README\.md|[^/]*\.d\.ts)$/;

const [image = '', target = ''] = process.argv.slice(2);
if (images[image] === undefined || target === '') {
  console.error('Usage: node scripts/images/collect.mjs executor|coordinator FOLDER');
  process.exit(2);
}

mkdirSync(join(target, 'dist'), { recursive: true });
const bundles = new Set(images[image].bundles);
// A set grows while it is gone through: what a bundle is split into comes after it.
for (const file of bundles) {
  const source = readFileSync(join(root, 'dist', file), 'utf8');
  for (const [, part] of source.matchAll(/\b(?:from|import)\s*\(?\s*"\.\/([\w.-]+\.js)"/g)) bundles.add(part);
  writeFileSync(join(target, 'dist', file), source);
}
if (image === 'coordinator') cpSync(join(root, 'bin'), join(target, 'bin'), { recursive: true });

const { name, version, license } = readJson(join(root, 'package.json'));
writeFileSync(join(target, 'package.json'), `${JSON.stringify({ name, version, license, type: 'module' }, null, 2)}\n`);

const pending = [...images[image].packages];
for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
  const from = join(root, 'node_modules', next);
  const to = join(target, 'node_modules', next);
  if (existsSync(to)) continue;
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, filter: (path) => !UNUSED.test(path.slice(from.length)) });
  const { dependencies = {}, optionalDependencies = {} } = readJson(join(from, 'package.json'));
  // Of optional packages, one a platform, only this one's is installed.
  pending.push(...Object.keys(dependencies), ...Object.keys(optionalDependencies).filter(isInstalled));
}

function isInstalled(name) {
  return existsSync(join(root, 'node_modules', name));
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
