/** serverless-offline with the executor's function from infra/serverless.yml: Lambda's Invoke API without containers. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const infra = fileURLToPath(new URL('../../infra', import.meta.url));
const START_PATIENCE_MS = 60_000;

export interface ServerlessOfflineOptions {
  /** The function's environment variables, including `VOLLEY_STORE` and `VOLLEY_ALLOW`. */
  readonly environment: Readonly<Record<string, string>>;
  /** The loopback port of the Invoke API. */
  readonly port: number;
  /** The destination of the output. */
  readonly output: 'inherit' | 'ignore';
}

export interface ServerlessOffline {
  readonly endpoint: string;
  readonly functionName: string;
  /** Settles when the process has ended. */
  readonly exited: Promise<unknown>;
  /** Ends the process. Idempotent. */
  close(): Promise<void>;
}

/** Installs the packages of infra/package-lock.json on first use. Throws if the registry cannot be reached. */
export function installServerlessOffline(): string {
  const program = join(infra, 'node_modules', '.bin', 'serverless');
  const stamp = join(infra, 'node_modules', '.installed');
  const lock = readFileSync(join(infra, 'package-lock.json'), 'utf8');
  if (!existsSync(program) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-fund', '--no-audit'], { cwd: infra, stdio: 'pipe' });
    mkdirSync(join(infra, 'node_modules'), { recursive: true });
    writeFileSync(stamp, lock);
  }
  return program;
}

/**
 * Starts serverless-offline with the built executor and waits until it responds. Throws as `installServerlessOffline`
 * does.
 */
export async function startServerlessOffline(options: ServerlessOfflineOptions): Promise<ServerlessOffline> {
  const program = installServerlessOffline();
  const { environment, port, output } = options;
  // Remove the files of serverless-offline's threads, which end without cleanup.
  const scratch = mkdtempSync(join(environment['VOLLEY_SCRATCH'] || tmpdir(), 'volley-offline-'));
  const child = spawn(process.execPath, [program, 'offline', 'start'], {
    cwd: infra,
    env: {
      ...{ PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? infra, SLS_TELEMETRY_DISABLED: '1' },
      ...{ ...environment, VOLLEY_SCRATCH: scratch, VOLLEY_OFFLINE_PORT: String(port) },
    },
    stdio: ['ignore', output, output],
  });
  const removeScratch = () => rmSync(scratch, { recursive: true, force: true });
  const endWithUs = () => {
    child.kill('SIGKILL');
    removeScratch();
  };
  process.once('exit', endWithUs);
  const exited = once(child, 'exit').then(() => {
    process.removeListener('exit', endWithUs);
    removeScratch();
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await untilAnswered(child, endpoint);
  return {
    endpoint,
    functionName: 'volley-executor',
    exited,
    close: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function untilAnswered(child: ChildProcess, url: string): Promise<void> {
  const until = Date.now() + START_PATIENCE_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`serverless-offline did not start at ${url}. Run npm run offline to see its output.`);
    }
    await delay(100);
  }
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url, { signal: AbortSignal.timeout(1000) }).then(
    () => true,
    () => false,
  );
}
