/** Generates dbgen's TPC-H data with `tpchgen-cli` (PyPI), in a virtual environment of the project. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonEnvironment } from '../python-environment.ts';

const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
const generator = 'tpchgen-cli==4.0.0';

/**
 * Returns the folder with the eight tables at a scale (1 is about 350 MB), generated on first use. Throws if Python 3
 * with venv or the package registry is not available. The error message names the command that failed.
 */
export function officialTpch(scale: number): string {
  const directory = join(cache, 'tpch', `sf${scale}`);
  if (existsSync(directory)) return directory;
  const binary = join(pythonEnvironment('tpchgen', generator).programs, 'tpchgen-cli');
  const unfinished = `${directory}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const flags = ['parquet', '-s', String(scale), '--output-dir', unfinished];
  execFileSync(binary, flags, { stdio: ['ignore', 'ignore', 'pipe'] });
  renameSync(unfinished, directory);
  return directory;
}
