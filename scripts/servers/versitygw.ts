/** An S3 server for tests and local runs: versitygw, built with Go from its pinned release, over a temporary folder. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

const RELEASE = 'v1.8.0';
const MODULE = `github.com/versity/versitygw/cmd/versitygw@${RELEASE}`;
const cache = fileURLToPath(new URL('../../.cache/versitygw', import.meta.url));

/** The time limit for starting the server. */
const START_MS = 20_000;

/** A running server. */
export interface S3Server {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Creates a user whose permissions come from bucket policies. The name is the access key. */
  addUser(name: string): Promise<S3Server['credentials']>;
  /** Creates an empty bucket. */
  makeBucket(name: string): Promise<void>;
  /** Returns the lines of the access log so far, in S3's format. */
  accessLog(): Promise<readonly string[]>;
  /** Kills the server and keeps its objects. */
  kill(): Promise<void>;
  /** Restarts the server at the same address after `kill`. */
  restart(): Promise<void>;
  /** Stops the server and removes its objects. */
  close(): Promise<void>;
}

/**
 * Builds the server on first use (about 150 CPU seconds) and returns its path. Rejects with the reason if Go or its module proxy is not
 * available.
 */
export async function installVersitygw(): Promise<string> {
  const folder = join(cache, RELEASE);
  const program = join(folder, 'versitygw');
  if (existsSync(program)) return program;
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'unfinished-'));
  try {
    await promisify(execFile)('go', ['install', MODULE], { env: { ...process.env, GOBIN: unfinished } });
    // Another process may have built the server first.
    await rename(unfinished, folder).catch((error) => {
      if (!existsSync(program)) throw error;
    });
  } catch (error) {
    throw new Error(`${MODULE} cannot be built: ${error instanceof Error ? error.message : error}`, { cause: error });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return program;
}

/** Starts the server on a free loopback port and waits until it responds. */
export async function startVersitygw(): Promise<S3Server> {
  const program = await installVersitygw();
  const folder = await mkdtemp(join(tmpdir(), 'volley-s3-'));
  const objects = join(folder, 'objects');
  const users = join(folder, 'users');
  const log = join(folder, 'access.log');
  await Promise.all([mkdir(objects), mkdir(users)]);
  const port = await freePort();
  const credentials = { accessKeyId: 'volley-test', secretAccessKey: 'volley-test-secret' };
  const start = () => startProcess(program, { port, objects, users, log, credentials });
  let running: ChildProcess | undefined = await start();
  const kill = async () => {
    const ended = running;
    running = undefined;
    if (ended !== undefined) await end(ended);
  };
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    region: 'us-east-1',
    credentials,
    addUser: async (name) => {
      const user = { accessKeyId: name, secretAccessKey: `the secret of ${name}` };
      const asRoot = ['--access', credentials.accessKeyId, '--secret', credentials.secretAccessKey];
      const newUser = ['--access', user.accessKeyId, '--secret', user.secretAccessKey, '--role', 'user'];
      const args = ['admin', ...asRoot, '--endpoint-url', endpoint, 'create-user', ...newUser];
      await promisify(execFile)(program, args);
      return user;
    },
    // versitygw stores each bucket as a folder.
    makeBucket: (name) => mkdir(join(objects, name)),
    accessLog: async () => (await readFile(log, 'utf8')).split('\n').filter((line) => line !== ''),
    kill,
    restart: async () => {
      await kill();
      running = await start();
    },
    close: async () => {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

interface ProcessOptions extends Pick<S3Server, 'credentials'> {
  readonly port: number;
  /** The folders for buckets and users. */
  readonly objects: string;
  readonly users: string;
  /** The access log. */
  readonly log: string;
}

async function startProcess(
  program: string,
  { port, objects, users, log, credentials }: ProcessOptions,
): Promise<ChildProcess> {
  const flags = ['--port', `127.0.0.1:${port}`, '--keep-alive', '--quiet', '--health', '/health', '--access-log', log];
  const child = spawn(program, [...flags, '--iam-dir', users, 'posix', objects], {
    env: { ROOT_ACCESS_KEY: credentials.accessKeyId, ROOT_SECRET_KEY: credentials.secretAccessKey },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  child.once('exit', () => process.removeListener('exit', onExit));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2_000);
  });
  const failed = once(child, 'exit').then(() => {
    throw new Error(`versitygw ended before it responded: ${said.trim()}`);
  });
  const stop = new AbortController();
  try {
    await Promise.race([untilHealthy(`http://127.0.0.1:${port}/health`, stop.signal), failed]);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    stop.abort();
    failed.catch(() => undefined);
  }
  return child;
}

async function untilHealthy(url: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (!(await isHealthy(url))) {
    if (performance.now() > deadline) throw new Error(`versitygw did not respond within ${START_MS / 1_000} s`);
    await sleep(20, undefined, { signal });
  }
}

async function isHealthy(url: string): Promise<boolean> {
  return await fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
