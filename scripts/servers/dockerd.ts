/** A Docker daemon for building and running images: one that answers, else, on Debian as root, one of our own while it is needed. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Images and layers stay here, so that only what changed is built again. */
const data = fileURLToPath(new URL('../../.cache/docker', import.meta.url));
/** Sockets must have short paths. The checkout's own, since its daemon is. */
const run = join(tmpdir(), `volley-docker-${createHash('sha256').update(data).digest('hex').slice(0, 8)}`);
const PACKAGES = ['docker.io', 'iptables', 'debootstrap', 'ca-certificates'];
const START_PATIENCE_MS = 30_000;
/** How long another process of this checkout may keep the daemon to itself. */
const TURN_PATIENCE_MS = 10 * 60_000;
const LONGEST_OUTPUT_BYTES = 64 << 20;

/** A daemon, and the client that talks to it. */
export interface Docker {
  /** For `DOCKER_HOST`. */
  readonly host: string;
  /** Environment for the client, and for programs that look for a daemon. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs the client and gives what it wrote to stdout, trimmed. Rejects with what it wrote to stderr. */
  docker(...args: readonly string[]): Promise<string>;
  /** What a container said, on stdout and then on stderr. */
  logs(container: string): Promise<string>;
  /** Ends the daemon where it is our own, with all its containers. Idempotent. */
  close(): Promise<void>;
}

/**
 * Uses the daemon that answers, else starts one with a data folder of its own. One process of a checkout has it at a time, the next
 * waits. Rejects, with the reason, where no daemon can be had.
 */
export async function openDocker(): Promise<Docker> {
  const given = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  if (await answers(given)) return clientOf(given, async () => undefined);
  if (process.env['DOCKER_HOST'] !== undefined) throw new Error(`no Docker daemon answers at ${given} (DOCKER_HOST)`);
  installDocker();
  await takeTurn();
  try {
    await endLeftOver();
    const daemon = await startDaemon();
    return clientOf(socket(), async () => {
      if (daemon.exitCode === null && daemon.signalCode === null) {
        const exited = once(daemon, 'exit');
        // Asked, not killed: it ends its containers and its containerd.
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
    promisify(execFile)('docker', args, { env: environment, maxBuffer: LONGEST_OUTPUT_BYTES }).catch((error) => {
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

/** Installs what is missing. Throws, with the reason, where that cannot be. */
function installDocker(): void {
  const programs = ['dockerd', 'docker', 'iptables', 'debootstrap'];
  const folders = (process.env['PATH'] ?? '').split(':');
  if (programs.every((program) => folders.some((folder) => existsSync(join(folder, program))))) return;
  if (!existsSync('/etc/debian_version'))
    throw new Error('no Docker daemon answers, and this is no Debian to install one');
  if (process.getuid?.() !== 0) throw new Error('no Docker daemon answers, and only root can install and start one');
  // Runlevel 1 has no services: installing must not start one.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const install = () =>
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...PACKAGES], { stdio: 'pipe', env });
  try {
    install();
  } catch {
    // A fresh machine or image has no list of packages yet.
    execFileSync('apt-get', ['update'], { stdio: 'pipe' });
    install();
  }
}

const socket = (): string => `unix://${join(run, 'docker.sock')}`;
const lock = (): string => join(run, 'lock');

/** Waits until no other process of this checkout has the daemon. */
async function takeTurn(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('no Docker daemon answers, and only root can start one');
  mkdirSync(run, { recursive: true });
  for (const endMs = Date.now() + TURN_PATIENCE_MS; ; await delay(250)) {
    try {
      writeFileSync(lock(), String(process.pid), { flag: 'wx' });
      process.once('exit', leave);
      return;
    } catch {
      const holder = readNumber(lock());
      if (holder !== undefined && !isAlive(holder)) rmSync(lock(), { force: true });
      else if (Date.now() > endMs) throw new Error(`process ${holder} keeps the Docker daemon in ${run} to itself`);
    }
  }
}

function leave(): void {
  if (readNumber(lock()) === process.pid) rmSync(lock(), { force: true });
  process.removeListener('exit', leave);
}

/** Ends the daemon of a process that was killed before it could. */
async function endLeftOver(): Promise<void> {
  const pid = readNumber(join(run, 'pid'));
  if (pid === undefined || !isAlive(pid) || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(run)) return;
  process.kill(pid, 'SIGTERM');
  for (const endMs = Date.now() + START_PATIENCE_MS; isAlive(pid); await delay(50)) {
    if (Date.now() > endMs) throw new Error(`the Docker daemon ${pid} of a process that is gone does not end`);
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

/** Whether a daemon answers, and there is a client to ask it with. */
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
