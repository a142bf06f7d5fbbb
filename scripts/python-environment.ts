/** Installs programs from PyPI into virtual environments of the project. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../.cache', import.meta.url));

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** The folders of a virtual environment's programs and packages. */
export interface PythonEnvironment {
  readonly programs: string;
  readonly packages: string;
}

/**
 * Installs pip's arguments (`name==version`, `--no-deps`) into `.cache/NAME` on first use. Throws if Python 3 with venv
 * or the package registry is not available. The error message names the command that failed.
 */
export function pythonEnvironment(name: string, ...install: readonly string[]): PythonEnvironment {
  const folder = join(cache, name);
  const done = join(folder, 'installed');
  const wanted = install.join(' ');
  if (!existsSync(done) || readFileSync(done, 'utf8') !== wanted) {
    mkdirSync(cache, { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    makeEnvironment(folder);
    run(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...install]);
    writeFileSync(done, wanted);
  }
  const [version = ''] = readdirSync(join(folder, 'lib')).filter((entry) => entry.startsWith('python3'));
  return { programs: join(folder, 'bin'), packages: join(folder, 'lib', version, 'site-packages') };
}

function makeEnvironment(folder: string): void {
  try {
    run('python3', ['-m', 'venv', folder]);
  } catch (error) {
    // On Debian, venv is a separate package.
    if (process.getuid?.() !== 0) throw error;
    run('apt-get', ['update']);
    run('apt-get', ['install', '--yes', '--no-install-recommends', 'python3', 'python3-venv']);
    run('python3', ['-m', 'venv', folder]);
  }
}
