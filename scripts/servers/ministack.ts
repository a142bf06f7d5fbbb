/** MiniStack, an AWS emulator that needs no account: S3, IAM, and Lambda functions from images, which it runs with Docker. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pythonEnvironment } from '../python-environment.ts';
import type { Docker } from './dockerd.ts';
import { freePort } from './free-port.ts';

const PACKAGES = ['ministack==1.5.33', 'docker==7.2.0'];
const START_PATIENCE_MS = 30_000;

/** A running emulator. */
export interface MiniStack {
  /** `http://127.0.0.1:PORT` for all services. */
  readonly endpoint: string;
  /** The same address, as seen from a function's container. */
  readonly endpointInside: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Stops the emulator and the containers of its functions. Idempotent. */
  close(): Promise<void>;
}

/** Starts an empty emulator. Throws with the reason if its packages are not available. */
export async function startMiniStack({ environment }: Docker): Promise<MiniStack> {
  const { programs } = pythonEnvironment('ministack', ...PACKAGES);
  const folder = mkdtempSync(join(tmpdir(), 'volley-ministack-'));
  const port = await freePort();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const child = spawn(join(programs, 'ministack'), {
    cwd: folder,
    env: {
      ...environment,
      TMPDIR: folder,
      GATEWAY_PORT: String(port),
      S3_DATA_DIR: join(folder, 's3'),
      STATE_DIR: join(folder, 'state'),
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      LAMBDA_STRICT: '1',
      // The container flags match Lambda's restrictions, except that memory is not limited to the function's setting.
      LAMBDA_DOCKER_FLAGS: '--read-only --tmpfs /tmp',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endWithUs = () => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  child.once('exit', () => process.removeListener('exit', endWithUs));
  child.once('error', () => undefined);
  const endpoint = `http://127.0.0.1:${port}`;
  await untilHealthy(child, `${endpoint}/_ministack/health`);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      // On SIGTERM, MiniStack removes its containers.
      child.kill('SIGTERM');
      await exited;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    endpoint,
    endpointInside: `http://host.docker.internal:${port}`,
    region: 'us-east-1',
    credentials,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

async function untilHealthy(child: ChildProcess, url: string): Promise<void> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
    });
  }
  const until = Date.now() + START_PATIENCE_MS;
  while (!(await answers(url))) {
    const ended = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (ended || Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`MiniStack did not start: ${said.trim()}`);
    }
    await delay(50);
  }
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url, { signal: AbortSignal.timeout(1000) }).then(
    (answer) => answer.ok,
    () => false,
  );
}
