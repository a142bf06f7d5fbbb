/**
 * A Docker daemon for building and running images. Uses a running daemon, or starts one, which requires Debian and
 * root.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The daemon's data folder, which keeps images and layers between runs. */
const data = fileURLToPath(new URL('../../.cache/docker', import.meta.url));
/**
 * The folder for the daemon's socket, whose path must be short. Each checkout has its own daemon, and so its own
 * folder.
 */
const run = join(tmpdir(), `volley-docker-${createHash('sha256').update(data).digest('hex').slice(0, 8)}`);
const PACKAGES = ['docker.io', 'iptables', 'debootstrap', 'ca-certificates'];
const START_PATIENCE_MS = 30_000;
/** How long to wait for another process of this checkout to release the daemon. */
const TURN_PATIENCE_MS = 10 * 60_000;
const MAX_OUTPUT_BYTES = 64 << 20;

/** A daemon and its client. */
export interface Docker {
  /** The value of `DOCKER_HOST`. */
  readonly host: string;
  /** The environment for the client and for programs that look for a daemon. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs the client and returns its trimmed stdout. Rejects with its stderr. */
  docker(...args: readonly string[]): Promise<string>;
  /** Returns a container's output: stdout, then stderr. */
  logs(container: string): Promise<string>;
  /** Stops the daemon and all its containers if this process started them. Idempotent. */
  close(): Promise<void>;
}

/**
 * Uses a running daemon, or otherwise starts one with a separate data folder. Only one process of a checkout can use
 * the started daemon at a time. Others wait. Rejects with the reason if no daemon is available.
 */
export async function openDocker(): Promise<Docker> {
  const given = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  if (await answers(given)) return clientOf(given, async () => undefined);
  if (process.env['DOCKER_HOST'] !== undefined) throw new Error(`no Docker daemon responds at ${given} (DOCKER_HOST)`);
  installDocker();
  await takeTurn();
  try {
    await endLeftOver();
    const daemon = await startDaemon();
    return clientOf(socket(), async () => {
      if (daemon.exitCode === null && daemon.signalCode === null) {
        const exited = once(daemon, 'exit');
        // On SIGTERM, the daemon stops its containers and containerd.
        daemon.kill('SIGTERM');
        await exited;
      }
      leave();
    });
  } catch (error) {
    leave();
    throw error;
  }
}

function clientOf(host: string, close: () => Promise<void>): Docker {
  const environment = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), DOCKER_HOST: host, DOCKER_BUILDKIT: '0' };
  let closing: Promise<void> | undefined;
  const run = (args: readonly string[]) =>
    promisify(execFile)('docker', args, { env: environment, maxBuffer: MAX_OUTPUT_BYTES }).catch((error) => {
      throw new Error(`docker ${args[0]} failed: ${String(error.stderr || error.message).trim()}`, { cause: error });
    });
  return {
    host,
    environment,
    docker: async (...args) => (await run(args)).stdout.trim(),
    logs: async (container) => {
      const { stdout, stderr } = await run(['logs', container]);
      return stdout + stderr;
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Installs Docker if it is missing. Throws with the reason if that is not possible. */
function installDocker(): void {
  const programs = ['dockerd', 'docker', 'iptables', 'debootstrap'];
  const folders = (process.env['PATH'] ?? '').split(':');
  if (programs.every((program) => folders.some((folder) => existsSync(join(folder, program))))) return;
  if (!existsSync('/etc/debian_version'))
    throw new Error('no Docker daemon is running, and installing one requires Debian');
  if (process.getuid?.() !== 0)
    throw new Error('no Docker daemon is running, and installing and starting one requires root');
  // With runlevel 1, the installation does not start a service.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const install = () =>
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...PACKAGES], { stdio: 'pipe', env });
  try {
    install();
  } catch {
    // A fresh machine or image has no package lists.
    execFileSync('apt-get', ['update'], { stdio: 'pipe' });
    install();
  }
}

const socket = (): string => `unix://${join(run, 'docker.sock')}`;
const lock = (): string => join(run, 'lock');

/** Waits until no other process of this checkout uses the daemon. */
async function takeTurn(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('no Docker daemon is running, and starting one requires root');
  mkdirSync(run, { recursive: true });
  for (const endMs = Date.now() + TURN_PATIENCE_MS; ; await delay(250)) {
    try {
      writeFileSync(lock(), String(process.pid), { flag: 'wx' });
      process.once('exit', leave);
      return;
    } catch {
      const holder = readNumber(lock());
      if (holder !== undefined && !isAlive(holder)) rmSync(lock(), { force: true });
      else if (Date.now() > endMs) throw new Error(`process ${holder} holds the lock on the Docker daemon in ${run}`);
    }
  }
}

function leave(): void {
  if (readNumber(lock()) === process.pid) rmSync(lock(), { force: true });
  process.removeListener('exit', leave);
}

/** Stops the daemon of a process that was killed. */
async function endLeftOver(): Promise<void> {
  const pid = readNumber(join(run, 'pid'));
  if (pid === undefined || !isAlive(pid) || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(run)) return;
  process.kill(pid, 'SIGTERM');
  for (const endMs = Date.now() + START_PATIENCE_MS; isAlive(pid); await delay(50)) {
    if (Date.now() > endMs) throw new Error(`the leftover Docker daemon (process ${pid}) does not stop`);
  }
}

async function startDaemon(): Promise<ChildProcess> {
  const log = join(run, 'log');
  const output = openSync(log, 'w');
  const flags = [
    '--data-root',
    data,
    '--exec-root',
    join(run, 'exec'),
    '--pidfile',
    join(run, 'pid'),
    '--host',
    socket(),
  ];
  const daemon = spawn('dockerd', flags, { stdio: ['ignore', output, output] });
  const endWithUs = () => daemon.kill('SIGTERM');
  process.once('exit', endWithUs);
  daemon.once('exit', () => process.removeListener('exit', endWithUs));
  daemon.once('error', () => undefined);
  const until = Date.now() + START_PATIENCE_MS;
  while (!(await answers(socket()))) {
    const ended = daemon.exitCode !== null || daemon.signalCode !== null || daemon.pid === undefined;
    if (ended || Date.now() > until) {
      daemon.kill('SIGTERM');
      throw new Error(`dockerd did not start: ${readFileSync(log, 'utf8').trim().split('\n').at(-1)}`);
    }
    await delay(50);
  }
  return daemon;
}

/** Returns whether a daemon responds and a client is installed. */
async function answers(host: string): Promise<boolean> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), DOCKER_HOST: host };
  return await promisify(execFile)('docker', ['version', '--format', '{{.Server.Version}}'], { env }).then(
    () => true,
    () => false,
  );
}

function readNumber(path: string): number | undefined {
  try {
    const number = Number(readFileSync(path, 'utf8').trim());
    return Number.isInteger(number) && number > 0 ? number : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
