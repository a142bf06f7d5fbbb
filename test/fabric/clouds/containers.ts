import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createHttpInvoker } from '../../../coordinator/invoke/http.ts';
import type { FunctionConfig } from '../../../localstack/lambda/functions.ts';
import type { Docker } from '../../../scripts/servers/dockerd.ts';
import { EXECUTOR_MEMORY_MIB, type OpenExecutors, openLambda, taskKey } from '../executors/open-invokers.ts';

/** Allows a container to write only to /tmp, without capabilities. */
export const confined = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL'];

/** An executor's image running as a server on a loopback port. */
export interface ExecutorContainer {
  readonly id: string;
  readonly url: string;
  /** The ids, on this machine, of the processes that run its tasks. */
  childPids(): Promise<readonly number[]>;
  remove(): Promise<void>;
}

/** Starts one and waits until it answers. Its store and scratch folder are inside the container unless `flags` mount others. */
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

/** Waits until a URL answers. `log` returns output for the error. */
export async function untilAnswered(url: string, log: () => Promise<string>): Promise<void> {
  for (const endMs = Date.now() + 20_000; ; await pause(20)) {
    // Docker's proxy accepts connections before the container does, and some of them never end.
    const answered = await fetch(url, { signal: AbortSignal.timeout(500) }).then(
      () => true,
      () => false,
    );
    if (answered) return;
    if (Date.now() > endMs) throw new Error(`${url} does not answer: ${await log()}`);
  }
}

/** Functions of the image in the local Lambda, two at once. */
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

/** Two containers as standalone executors. */
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

/** A folder that the images' user can write to. */
async function sharedFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'volley-images-')));
  const shared = join(folder, 'scratch');
  await mkdir(shared);
  await Promise.all([folder, shared].map((path) => chmod(path, 0o777)));
  return shared;
}
