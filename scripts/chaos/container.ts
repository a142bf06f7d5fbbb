/** An executor in a container. If the container is removed, other processes must detect the loss of its tasks. */
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Docker } from '../servers/dockerd.ts';
import type { VolleyExecutor } from '../servers/volley-executor.ts';

const START_MS = 20_000;
const PAUSE_MS = 20;
/** The container has no capabilities and can write only to /tmp. */
const confined = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--network', 'host'];

/** The executor's image and the Docker client that runs it. */
export interface ContainerOptions {
  readonly docker: Docker;
  readonly image: string;
}

export type ExecutorProcess = Pick<VolleyExecutor, 'endpoint' | 'childPids' | 'signal' | 'exited' | 'said'> & {
  /** Absent if the process belongs to another user. */
  readonly pid?: number;
};

/**
 * Starts an executor on a loopback port and waits until it responds. SIGKILL removes the container even while it is
 * busy.
 */
export async function startContainer(
  { docker: { docker, environment: client }, image }: ContainerOptions,
  port: number,
  environment: Readonly<Record<string, string>>,
): Promise<ExecutorProcess> {
  const own = { ...environment, VOLLEY_EXECUTOR_HOST: '127.0.0.1', VOLLEY_EXECUTOR_PORT: String(port) };
  const variables = Object.entries(own).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const id = await docker('run', '--detach', ...confined, ...variables, image);
  const endWithUs = () => execFileSync('docker', ['rm', '--force', id], { env: client, stdio: 'ignore' });
  process.once('exit', endWithUs);
  let removed: () => void = () => undefined;
  const exited = new Promise<null>((resolve) => {
    removed = () => resolve(null);
  });
  const remove = async (): Promise<void> => {
    await docker('rm', '--force', id);
    process.removeListener('exit', endWithUs);
    removed();
  };
  const endpoint = `http://127.0.0.1:${port}`;
  for (const endMs = Date.now() + START_MS; !(await answers(endpoint)); await pause(PAUSE_MS)) {
    if (Date.now() < endMs) continue;
    await remove();
    throw new Error(`the container of ${image} does not respond at ${endpoint}`);
  }
  return {
    endpoint,
    childPids: () => [],
    signal: (name) => void (name === 'SIGKILL' ? remove() : docker('kill', '--signal', name, id)),
    exited,
    said: () => '',
  };
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(`${endpoint}/healthz`, { signal: AbortSignal.timeout(500) }).then(
    (response) => response.ok,
    () => false,
  );
}
