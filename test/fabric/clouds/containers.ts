import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createHttpInvoker } from '../../../coordinator/invoke/http.ts';
import type { FunctionConfig } from '../../../localstack/lambda/functions.ts';
import type { Docker } from '../../../scripts/servers/dockerd.ts';
import { EXECUTOR_MEMORY_MIB, type OpenExecutors, openLambda, taskKey } from '../executors/open-invokers.ts';

/** Flags that remove all capabilities of a container and let it write only to /tmp. */
export const confined = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL'];

/** A container of the executor image that runs as a server on a loopback port. */
export interface ExecutorContainer {
  readonly id: string;
  readonly url: string;
  /** Returns the host's pids of the processes that run tasks in the container. */
  childPids(): Promise<readonly number[]>;
  remove(): Promise<void>;
}

/**
 * Starts an executor container and waits until it answers. The store and scratch folders are inside the container unless `flags` mount
 * other folders.
 */
export async function startExecutor(
  { docker, logs }: Docker,
  image: string,
  flags: readonly string[] = [],
): Promise<ExecutorContainer> {
  const id = await docker(
    ...['run', '--detach', ...confined, '--publish', '127.0.0.1::8080'],
    ...['--env', 'VOLLEY_STORE=/tmp/store', '--env', `VOLLEY_TASK_KEY=${taskKey}`],
    ...['--env', `VOLLEY_EXECUTOR_MEMORY=${EXECUTOR_MEMORY_MIB}`],
    ...[...flags, image],
  );
  const url = `http://${(await docker('port', id, '8080/tcp')).split('\n')[0]}`;
  await untilAnswered(`${url}/healthz`, () => logs(id));
  return {
    id,
    url,
    childPids: async () => {
      const [, ...rows] = (await docker('top', id, '-o', 'pid,ppid')).split('\n');
      const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
      const pids = new Set(pairs.map(([pid]) => pid));
      return pairs.flatMap(([pid, parent]) => (pid !== undefined && pids.has(parent) ? [pid] : []));
    },
    remove: async () => void (await docker('rm', '--force', id)),
  };
}

/** Waits until a URL answers. `log` returns the output to include in the error. */
export async function untilAnswered(url: string, log: () => Promise<string>): Promise<void> {
  for (const endMs = Date.now() + 20_000; ; await pause(20)) {
    // Docker's proxy accepts connections before the container does, and some of these connections never end.
    const answered = await fetch(url, { signal: AbortSignal.timeout(500) }).then(
      () => true,
      () => false,
    );
    if (answered) return;
    if (Date.now() > endMs) throw new Error(`${url} does not answer: ${await log()}`);
  }
}

/** Opens a local Lambda that runs at most two functions of the image at the same time. */
export async function openImageLambda(
  docker: Docker,
  image: string,
  changes: Partial<Pick<FunctionConfig, 'memoryMiB'>> = {},
): Promise<OpenExecutors> {
  const folder = await sharedFolder();
  const at = await openLambda([], {
    ...changes,
    command: [],
    image: { name: image, flags: ['--volume', `${folder}:/scratch`], dockerHost: docker.host },
    environment: { VOLLEY_STORE: '/tmp/store', VOLLEY_SCRATCH: '/scratch' },
  });
  const close = async () => {
    await at.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...at, scratch: folder, close };
}

/** Starts two containers as standalone executors. */
export async function openImageHttp(docker: Docker, image: string): Promise<OpenExecutors> {
  const folder = await sharedFolder();
  const flags = ['--volume', `${folder}:/scratch`, '--env', 'VOLLEY_SCRATCH=/scratch'];
  const containers = await Promise.all(
    [0, 1].map((n) => startExecutor(docker, image, [...flags, '--hostname', `e${n}`])),
  );
  const pids = (await Promise.all(containers.map((container) => container.childPids()))).flat();
  const urls = containers.map(({ url }) => url);
  const invoker = createHttpInvoker({ executors: { kind: 'list', urls }, key: Buffer.from(taskKey), healthMs: 100 });
  const close = async () => {
    await invoker.close();
    await Promise.all(containers.map((container) => container.remove()));
    await rm(folder, { recursive: true, force: true });
  };
  return { invoker, store: folder, scratch: folder, pids: () => pids, close };
}

/** Creates a folder that the user of the images can write to. */
async function sharedFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'volley-images-')));
  const shared = join(folder, 'scratch');
  await mkdir(shared);
  await Promise.all([folder, shared].map((path) => chmod(path, 0o777)));
  return shared;
}
