/** The faults of a run. Each fault disrupts the cluster and then repairs it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { JobId } from '../../engine/task/task.ts';
import type { Fault as RequestFault, SeenRequest } from '../servers/fault-proxy.ts';
import { type ChaosCluster, type CoordinatorPlace, type ExecutorPlace, LEASE_SECONDS } from './cluster.ts';
import { lastDeadline } from './judge.ts';

/** The processes and state that a fault can act on. */
export interface Scene {
  readonly cluster: ChaosCluster;
  readonly job: JobId;
  /** Returns a number from 0 (inclusive) to 1 (exclusive) that the run's seed determines. */
  readonly random: () => number;
  /** Settles when the client has received the end of the job or has given up. */
  readonly ended: Promise<unknown>;
}

export interface Fault {
  readonly name: string;
  /** Whether the fault needs executors in containers. */
  readonly inContainers?: boolean;
  /** The query that the fault needs. Absent if it works with any query. */
  readonly query?: string;
  /** Excluded from the tests: too slow, or too similar to another fault. */
  readonly isForScripts?: boolean;
  /** The seconds that the fault adds to a job's time limit. */
  readonly furtherSeconds?: number;
  /** The share of a job's attempts after which the fault has no effect. */
  readonly latest?: number;
  /**
   * Injects the fault, and settles when everything is repaired. Returns a short description of the damage, or
   * `undefined` if there was nothing to disrupt.
   */
  harm(scene: Scene): Promise<string | undefined>;
}

const NONE: RequestFault = { kind: 'none' };
/** The last of its large uploads starts before this share of the attempts of the query `wide`. */
const LAST_LARGE_UPLOAD = 0.4;
const SHARE_REFUSED = 0.2;
const SHARE_TRUNCATED = 0.3;
const SHARE_HALVED = 0.3;
const LARGEST_TRUNCATED_BYTES = 65_536;
/** The maximum time for which an executor is down or stopped. */
const MAX_ABSENCE_MS = 3000;
/** The maximum duration of an outage. An outage delays jobs but does not lose them. */
const MAX_AWAY_MS = 30_000;
/** Longer than an executor or a task process may be unresponsive before its tasks are lost. */
const MAX_STOP_MS = 14_000;
/** The time after a job's last deadline after which the sweeper assumes that no process still writes for the job. */
const PAST_LAST_SWEEP_MS = 8000;
const LATE_WRITE_MS = 3000;

export const FAULTS: readonly Fault[] = [
  {
    name: 'executor-kill',
    harm: async ({ cluster, random }) => {
      const executor = await busyOf(cluster.executors, random);
      await executor.kill();
      await delay(random() * MAX_ABSENCE_MS);
      await executor.start();
      return `${executor.name} killed, started again`;
    },
  },
  {
    name: 'container-remove',
    inContainers: true,
    query: 'wide',
    latest: LAST_LARGE_UPLOAD,
    harm: async ({ cluster, random }) => {
      const container = await busyOf(cluster.containers, random);
      await container.kill();
      await delay(random() * MAX_ABSENCE_MS);
      await container.start();
      return `${container.name} removed, another run`;
    },
  },
  {
    name: 'executor-stop',
    harm: async ({ cluster, random }) => {
      const executor = await busyOf(cluster.executors, random);
      const stopMs = Math.round(random() * MAX_STOP_MS);
      await stopFor(() => delay(stopMs), [executor.process?.pid]);
      return `${executor.name} stopped for ${stopMs} ms`;
    },
  },
  {
    name: 'executor-freeze',
    query: 'wide',
    latest: LAST_LARGE_UPLOAD,
    isForScripts: true,
    harm: async ({ cluster, job, random }) => {
      const executor = await busyOf(cluster.executors, random);
      const untilSwept = async (): Promise<void> => {
        const deadline = lastDeadline(await cluster.journal.read(job));
        await delay(Math.max(0, deadline + PAST_LAST_SWEEP_MS - Date.now()));
      };
      await stopFor(untilSwept, [executor.process?.pid, ...(executor.process?.childPids() ?? [])]);
      // Give the executor time to finish its write.
      await delay(LATE_WRITE_MS);
      return `${executor.name} and its task stopped until ${PAST_LAST_SWEEP_MS} ms after the deadline`;
    },
  },
  {
    name: 'task-process-kill',
    harm: async ({ cluster, random }) => {
      const executor = await busyOf(cluster.executors, random);
      const killed = executor.process?.childPids() ?? [];
      for (const pid of killed) signalProcess(pid, 'SIGKILL');
      if (killed.length === 0) return undefined;
      return `task processes of ${executor.name} killed: ${killed.length}`;
    },
  },
  {
    name: 'task-process-stop',
    isForScripts: true,
    harm: async ({ cluster, random }) => {
      const executor = await busyOf(cluster.executors, random);
      const stopped = executor.process?.childPids() ?? [];
      if (stopped.length === 0) return undefined;
      const stopMs = Math.round(random() * MAX_STOP_MS);
      await stopFor(() => delay(stopMs), stopped);
      return `task processes of ${executor.name} stopped for ${stopMs} ms: ${stopped.length}`;
    },
  },
  {
    name: 'coordinator-kill',
    harm: async (scene) => {
      const owner = await ownerOf(scene);
      await owner.kill();
      await scene.ended;
      await owner.start();
      return `${owner.name} killed, started again after the job`;
    },
  },
  {
    name: 'coordinator-restart',
    isForScripts: true,
    harm: async (scene) => {
      const owner = await ownerOf(scene);
      await owner.kill();
      await delay(scene.random() * MAX_ABSENCE_MS);
      await owner.start();
      return `${owner.name} killed, started again`;
    },
  },
  {
    name: 'coordinator-stop',
    harm: async (scene) => {
      const owner = await ownerOf(scene);
      const stopMs = Math.round((1 + 2 * scene.random()) * LEASE_SECONDS * 1000);
      await stopFor(() => delay(stopMs), [owner.process?.pid]);
      return `${owner.name} stopped for ${stopMs} ms`;
    },
  },
  {
    name: 'etcd-restart',
    harm: async ({ cluster, random }) => {
      const awayMs = Math.round(random() * 2 * LEASE_SECONDS * 1000);
      await cluster.etcd.kill();
      await delay(awayMs);
      await cluster.etcd.restart();
      return `etcd killed, started again after ${awayMs} ms`;
    },
  },
  {
    name: 'etcd-leader-kill',
    harm: async ({ cluster, random }) => {
      const leader = await cluster.etcd.leader();
      const awayMs = Math.round(random() * MAX_ABSENCE_MS);
      await leader.kill();
      await delay(awayMs);
      await leader.restart();
      return `the leader of etcd killed, started again after ${awayMs} ms`;
    },
  },
  {
    name: 'etcd-leader-stop',
    isForScripts: true,
    harm: async ({ cluster, random }) => {
      const { pid } = await cluster.etcd.leader();
      const stopMs = Math.round(random() * MAX_STOP_MS);
      await stopFor(() => delay(stopMs), [pid]);
      return `the leader of etcd stopped for ${stopMs} ms`;
    },
  },
  {
    name: 'etcd-away',
    isForScripts: true,
    furtherSeconds: MAX_AWAY_MS / 1000,
    harm: async ({ cluster }) => {
      await cluster.etcd.kill();
      await delay(MAX_AWAY_MS);
      await cluster.etcd.restart();
      return `etcd killed, started again after ${MAX_AWAY_MS} ms`;
    },
  },
  {
    name: 's3-restart',
    harm: async ({ cluster, random }) => {
      const awayMs = Math.round(random() * MAX_ABSENCE_MS);
      await cluster.s3.kill();
      await delay(awayMs);
      await cluster.s3.restart();
      return `S3 killed, started again after ${awayMs} ms`;
    },
  },
  {
    name: 's3-503',
    harm: (scene) =>
      meddle(scene, 'requests to S3 answered with 503', () =>
        scene.random() < SHARE_REFUSED ? { kind: 'answer', status: 503, code: 'ServiceUnavailable' } : NONE,
      ),
  },
  {
    name: 's3-truncated-reads',
    harm: (scene) =>
      meddle(scene, 'responses to S3 reads cut short', ({ method }) => {
        if (method !== 'GET' || scene.random() >= SHARE_TRUNCATED) return NONE;
        const bytes = Math.floor(scene.random() * LARGEST_TRUNCATED_BYTES);
        return scene.random() < 0.5 ? { kind: 'truncate', afterBytes: bytes } : { kind: 'shorten', toBytes: bytes };
      }),
  },
  {
    name: 's3-half-uploads',
    query: 'wide',
    latest: LAST_LARGE_UPLOAD,
    harm: (scene) =>
      meddle(scene, 'uploads cut off in the middle', (request) =>
        isUpload(request) && scene.random() < SHARE_HALVED ? { kind: 'halve', then: async () => undefined } : NONE,
      ),
  },
  {
    name: 'executor-kill-in-upload',
    query: 'wide',
    latest: LAST_LARGE_UPLOAD,
    harm: async ({ cluster, random, ended }) => {
      const executor = oneOf(cluster.executors, random);
      const reached = new Promise<string | undefined>((resolve) => {
        void ended.then(() => resolve(undefined));
        executor.meddling = (request) => {
          if (!isUpload(request)) return NONE;
          executor.meddling = undefined;
          const kill = async () => {
            await executor.kill();
            resolve(request.url.includes('uploadId') ? 'a part' : 'an object');
          };
          return { kind: 'halve', then: kill };
        };
      });
      const what = await reached;
      executor.meddling = undefined;
      await executor.kill();
      await executor.start();
      return what === undefined ? undefined : `${executor.name} killed in the middle of ${what}`;
    },
  },
];

function isUpload({ method, url }: SeenRequest): boolean {
  return method === 'PUT' && url.startsWith('/jobs/');
}

/** Disturbs requests to S3 until the job has ended. */
async function meddle(
  { cluster, ended }: Scene,
  what: string,
  decide: (request: SeenRequest) => RequestFault,
): Promise<string | undefined> {
  let count = 0;
  cluster.meddle((request) => {
    const fault = decide(request);
    if (fault.kind !== 'none') count += 1;
    return fault;
  });
  await ended;
  cluster.meddle(undefined);
  return count === 0 ? undefined : `${count} ${what}`;
}

function oneOf<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Cannot choose from an empty list.');
  return item;
}

/** Returns one of the executors that are running a task, or any executor if none is running a task. */
async function busyOf(executors: readonly ExecutorPlace[], random: () => number): Promise<ExecutorPlace> {
  const isBusy = async ({ process: running }: ExecutorPlace): Promise<boolean> => {
    if (running === undefined) return false;
    const answer = await fetch(`${running.endpoint}/healthz`, { signal: AbortSignal.timeout(1000) }).then(
      (response) => response.text(),
      () => '',
    );
    return /"running":[1-9]/.test(answer);
  };
  const busy = await Promise.all(executors.map(isBusy));
  const some = executors.filter((_, at) => busy[at]);
  return oneOf(some.length === 0 ? executors : some, random);
}

/** Returns the coordinator that owns the job, or any coordinator if the job is unowned. */
async function ownerOf({ cluster, job, random }: Scene): Promise<CoordinatorPlace> {
  const name = await cluster.journal.ownerOf(job);
  return cluster.coordinators.find((each) => each.name === name) ?? oneOf(cluster.coordinators, random);
}

/**
 * Stops processes while `something` runs. They are continued even if this process ends first, because a stopped process
 * cannot end on its own.
 */
async function stopFor(something: () => Promise<unknown>, pids: readonly (number | undefined)[]): Promise<void> {
  const signalAll = (signal: NodeJS.Signals): void => {
    for (const pid of pids) if (pid !== undefined) signalProcess(pid, signal);
  };
  const goOn = (): void => signalAll('SIGCONT');
  process.once('exit', goOn);
  signalAll('SIGSTOP');
  try {
    await something();
  } finally {
    process.removeListener('exit', goOn);
    goOn();
  }
}

/** Sends a signal to a process that may have ended. */
function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // The process has ended.
  }
}
