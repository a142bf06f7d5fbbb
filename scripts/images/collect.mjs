/**
 * Lays out what an image holds, from a checkout that is built: bundles without source maps, and the packages with native code, which
 * bundles cannot hold. The other production dependencies are in the bundles.
 *
 *   node scripts/images/collect.mjs executor|coordinator FOLDER
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the bundles load by name (`external` in scripts/build.mjs). */
const NATIVE = ['koffi', '@duckdb/node-bindings'];
/** Bundles of each image, and of no other. Bundles that they share have names of their own. */
const bundlesOf = {
  executor: ['executor.js', 'kernel-worker.js'],
  coordinator: ['volley.js', 'planner.js', 'executor.js', 'kernel-worker.js'],
};
/** For compilers, for other C libraries, and the DuckDB addon that only `@duckdb/node-api` uses. */
const UNUSED =
  /\/(?:vendor|doc|native|[^/]*\.(?:cc|hh|inc|S|asm)|musl_x64|musl_arm64|cnoke\.cjs|duckdb\.node|CHANGELOG\.md|README\.md|[^/]*\.d\.ts)$/;

const [image = '', target = ''] = process.argv.slice(2);
const bundles = bundlesOf[image];
if (bundles === undefined || target === '') {
  console.error('Usage: node scripts/images/collect.mjs executor|coordinator FOLDER');
  process.exit(2);
}

const entries = new Set(Object.values(bundlesOf).flat());
mkdirSync(join(target, 'dist'), { recursive: true });
for (const file of readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.js'))) {
  const isShared = file.startsWith('chunk-');
  if (isShared || (entries.has(file) && bundles.includes(file)))
    cpSync(join(root, 'dist', file), join(target, 'dist', file));
}
if (image === 'coordinator') cpSync(join(root, 'bin'), join(target, 'bin'), { recursive: true });

const { name, version, license } = readJson(join(root, 'package.json'));
writeFileSync(join(target, 'package.json'), `${JSON.stringify({ name, version, license, type: 'module' }, null, 2)}\n`);

const pending = [...NATIVE];
for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
  const from = join(root, 'node_modules', next);
  const to = join(target, 'node_modules', next);
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
