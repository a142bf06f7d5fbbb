/** TPC-H data as dbgen makes it, by `tpchgen-cli` (PyPI) in a virtual environment of the project's own. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
const generator = 'tpchgen-cli==4.0.0';

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function installGenerator(): string {
  const environment = join(cache, 'tpchgen');
  const binary = join(environment, 'bin', 'tpchgen-cli');
  if (existsSync(binary)) return binary;
  mkdirSync(cache, { recursive: true });
  rmSync(environment, { recursive: true, force: true });
  try {
    run('python3', ['-m', 'venv', environment]);
  } catch (error) {
    // Debian keeps venv in a package of its own.
    if (process.getuid?.() !== 0) throw error;
    run('apt-get', ['update']);
    run('apt-get', ['install', '--yes', '--no-install-recommends', 'python3', 'python3-venv']);
    run('python3', ['-m', 'venv', environment]);
  }
  run(join(environment, 'bin', 'python'), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    generator,
  ]);
  return binary;
}

/**
 * The folder with the eight tables at a scale (1 is about 350 MB), made on first use and kept.
 * Throws when Python 3 with venv, or the package registry, is not to be had: the message says which command failed.
 */
export function officialTpch(scale: number): string {
  const directory = join(cache, 'tpch', `sf${scale}`);
  if (existsSync(directory)) return directory;
  const binary = installGenerator();
  const unfinished = `${directory}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  run(binary, ['parquet', '-s', String(scale), '--output-dir', unfinished]);
  renameSync(unfinished, directory);
  return directory;
}
