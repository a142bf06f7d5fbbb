/** Runs test files with Node's test runner and prints a final line: `N passed, N failed, N skipped`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { scriptArguments } from './arguments.ts';

/** Folders with tests that need the built program, servers, or data from other programs. */
const systemFolders = ['end-to-end', 'tpch', 'fabric', 'fuzz'];

const root = fileURLToPath(new URL('../test', import.meta.url));
const { names: wanted } = scriptArguments(
  {
    name: 'node --import tsx scripts/test.mjs',
    about: `Runs test files and prints a final line: N passed, N failed, N skipped. With CI=true, skipped tests count as failures.

  (no name)       all tests that this machine can run
  unit            tests that need no built program, servers or data
  fabric          tests that install and start real servers, such as S3 and etcd
  coordinator/planner
                  test files whose paths under test/ start with this name`,
    argument: { name: 'name', about: 'tests to run' },
  },
  {},
);

function isWanted(file) {
  const folder = file.split('/')[0];
  if (wanted.length === 0) return true;
  return wanted.includes('unit') ? !systemFolders.includes(folder) : wanted.some((name) => file.startsWith(name));
}

const files = readdirSync(root, { recursive: true })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.test.ts') && isWanted(file))
  .sort()
  .map((file) => join(root, file));
if (files.length === 0) {
  console.error(`No test file under test/ matches ${wanted.join(' ')}.`);
  process.exit(2);
}

const counts = { passed: 0, failed: 0, skipped: 0 };
const stream = run({ files, concurrency: 2, timeout: 15 * 60_000 });
stream.on('test:pass', ({ details, skip, name }) => {
  if (details.type === 'suite') return;
  if (skip === undefined) counts.passed += 1;
  else {
    counts.skipped += 1;
    process.stderr.write(`SKIPPED ${name}: ${skip === true || skip === '' ? 'no reason given' : skip}\n`);
  }
});
stream.on('test:fail', ({ details }) => {
  if (details.type !== 'suite') counts.failed += 1;
});
stream.compose(new spec()).pipe(process.stdout);

process.on('exit', () => {
  const failed = counts.failed > 0 || counts.passed === 0 || (process.env.CI === 'true' && counts.skipped > 0);
  process.exitCode = failed ? 1 : 0;
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
});
