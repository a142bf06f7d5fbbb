/**
 * A complete Volley cluster of real processes, which are all exposed to faults: etcd, S3 behind proxies, executors,
 * coordinators.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEtcdJournal } from '../../coordinator/journal/etcd/etcd-journal.ts';
import type { SharedJournal } from '../../coordinator/journal/journal.ts';
import { connectS3 } from '../../engine/store/s3/connection.ts';
import { createS3Store, type S3Store } from '../../engine/store/s3/s3-store.ts';
import { type EtcdCluster, startEtcdCluster } from '../servers/etcd.ts';
import { type Fault, type FaultProxy, type SeenRequest, startFaultProxy } from '../servers/fault-proxy.ts';
import { freePort } from '../servers/free-port.ts';
import { type S3Server, startVersitygw } from '../servers/versitygw.ts';
import { startVolleyExecutor } from '../servers/volley-executor.ts';
import { startVolleyServe, type VolleyServe } from '../servers/volley-serve.ts';
import { type ContainerOptions, type ExecutorProcess, startContainer } from './container.ts';

const TASK_KEY = 'a key that only chaos knows';
const EXECUTOR_MEMORY_MIB = 1024;
const INPUTS = 's3://inputs';
const DATA = `${INPUTS}/tpch`;
const STORE = 's3://jobs';
/** The smallest cluster that survives the loss of a member. */
const ETCD_MEMBERS = 3;
/** The shortest lease that etcd allows, so that losing it delays a run only briefly. */
export const LEASE_SECONDS = 2;

/** Decides what happens to a request to S3. */
export type Meddling = (request: SeenRequest) => Fault;

export interface ClusterOptions {
  /** A folder with one Parquet file per table. */
  readonly data: string;
  readonly executors: number;
  readonly coordinators: number;
  /** Additional executors in containers. */
  readonly containers?: ContainerOptions & { readonly count: number };
}

/** A process or a container. */
interface Running {
  signal(name: NodeJS.Signals): void;
  readonly exited: Promise<unknown>;
  /** Returns the output so far. */
  said(): string;
}

/** A process that keeps its address across restarts. Its requests to S3 go through a separate proxy. */
export class Place<
  T extends { signal(name: NodeJS.Signals): void; readonly exited: Promise<unknown>; said(): string },
> {
  readonly name: string;
  readonly #start: () => Promise<T>;
  #process: T | undefined;
  readonly #said: string[] = [];
  #closed = false;
  /** Decides what the proxy of this process does. If undefined, the proxy forwards everything. */
  meddling: Meddling | undefined;

  constructor(name: string, start: () => Promise<T>) {
    this.name = name;
    this.#start = start;
  }

  /** The running process, if any. */
  get process(): T | undefined {
    return this.#process;
  }

  /**
   * Starts the process unless this place is closed, because a fault may try to restart a killed process after closing.
   */
  async start(): Promise<void> {
    if (this.#closed || this.#process !== undefined) return;
    this.#process = await this.#start();
    if (this.#closed) await this.kill();
  }

  /** Kills the process, as in a crash. */
  async kill(): Promise<void> {
    const ended = this.#process;
    this.#process = undefined;
    if (ended === undefined) return;
    ended.signal('SIGKILL');
    await ended.exited;
    this.#said.push(ended.said());
  }

  /** Ends the process permanently. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.kill();
  }

  /** Returns the output of all processes that ran in this place. */
  said(): string {
    return [...this.#said, this.#process?.said() ?? ''].join('\n');
  }
}

export type ExecutorPlace = Place<ExecutorProcess>;
export type CoordinatorPlace = Place<VolleyServe>;

export interface ChaosCluster {
  readonly etcd: EtcdCluster;
  readonly s3: S3Server;
  readonly executors: readonly ExecutorPlace[];
  /** Executors in containers. */
  readonly containers: readonly ExecutorPlace[];
  readonly coordinators: readonly CoordinatorPlace[];
  /** The jobs' journal, opened by an observer that owns no jobs. */
  readonly journal: SharedJournal;
  /** The bucket that jobs write to, without any proxy. */
  readonly jobs: S3Store;
  /** Sets what the proxies of all executors and coordinators do. If undefined, they forward everything. */
  meddle(meddling: Meddling | undefined): void;
  /** Ends all processes and removes their data. Idempotent. */
  close(): Promise<void>;
}

/** Starts the cluster. If a part does not start, ends the parts that did. */
export async function startCluster(options: ClusterOptions): Promise<ChaosCluster> {
  const closings: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (let next = closings.pop(); next !== undefined; next = closings.pop()) await next();
  };
  try {
    return await start(options, closings, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  options: ClusterOptions,
  closings: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<ChaosCluster> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'volley-chaos-')));
  closings.push(async () => rmSync(folder, { recursive: true, force: true }));
  const s3 = await startVersitygw();
  closings.push(() => s3.close());
  const etcd = await startEtcdCluster(ETCD_MEMBERS);
  closings.push(() => etcd.close());
  const connection = connectS3(s3);
  closings.push(async () => connection.close());
  const [inputs, jobs] = [createS3Store(connection, 'inputs'), createS3Store(connection, 'jobs')];
  await Promise.all([s3.makeBucket('inputs'), s3.makeBucket('jobs')]);
  for (const file of readdirSync(options.data)) {
    await inputs.put(`tpch/${file}`, [readFileSync(join(options.data, file))]);
  }
  const open: Open = async (name, run) => {
    const proxy = await startFaultProxy(s3.endpoint, (request) => place.meddling?.(request) ?? { kind: 'none' });
    closings.push(() => proxy.close());
    const place = new Place(name, () => run(environmentOf(s3, proxy)));
    closings.push(() => place.close());
    await place.start();
    return place;
  };
  const { urls, executors, containers } = await openExecutors(options, folder, open);
  const flags = [
    '--journal',
    `etcd://${etcd.endpoints.map((each) => new URL(each).host).join(',')}`,
    '--executors',
    urls.join(','),
  ];
  const coordinators = await openCoordinators(options.coordinators, folder, flags, open);
  const journal = openEtcdJournal({ endpoints: etcd.endpoints, owner: 'a bystander', store: jobs });
  closings.push(() => journal.close());
  const meddle: ChaosCluster['meddle'] = (meddling) => {
    for (const place of [...executors, ...containers, ...coordinators]) place.meddling = meddling;
  };
  return { etcd, s3, executors, containers, coordinators, journal, jobs, meddle, close };
}

/** Starts a process through `run`, with a separate proxy for S3. */
type Open = <T extends Running>(
  name: string,
  run: (environment: Readonly<Record<string, string>>) => Promise<T>,
) => Promise<Place<T>>;

function environmentOf({ region, credentials }: S3Server, { endpoint }: FaultProxy): Readonly<Record<string, string>> {
  return {
    VOLLEY_S3_ENDPOINT: endpoint,
    VOLLEY_S3_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

async function openExecutors(
  { executors: count, containers: inContainers }: ClusterOptions,
  folder: string,
  open: Open,
): Promise<Pick<ChaosCluster, 'executors' | 'containers'> & { readonly urls: readonly string[] }> {
  const executors: ExecutorPlace[] = [];
  const containers: ExecutorPlace[] = [];
  const urls: string[] = [];
  const portOfNext = async (): Promise<number> => {
    const port = await freePort();
    urls.push(`http://127.0.0.1:${port}`);
    return port;
  };
  for (let at = 1; at <= count; at += 1) {
    const scratch = join(folder, `scratch-${at}`);
    mkdirSync(scratch);
    const port = await portOfNext();
    const how = { store: STORE, allow: [INPUTS], scratch, port, key: TASK_KEY, memoryMiB: EXECUTOR_MEMORY_MIB };
    executors.push(await open(`executor ${at}`, (environment) => startVolleyExecutor({ ...how, environment })));
  }
  for (let at = 1; at <= (inContainers?.count ?? 0) && inContainers !== undefined; at += 1) {
    const port = await portOfNext();
    const own = {
      ...{ VOLLEY_STORE: STORE, VOLLEY_ALLOW: INPUTS, VOLLEY_TASK_KEY: TASK_KEY },
      VOLLEY_EXECUTOR_MEMORY: String(EXECUTOR_MEMORY_MIB),
    };
    const run = (environment: Readonly<Record<string, string>>) =>
      startContainer(inContainers, port, { ...environment, ...own });
    containers.push(await open(`container ${at}`, run));
  }
  return { executors, containers, urls };
}

async function openCoordinators(
  count: number,
  folder: string,
  common: readonly string[],
  open: Open,
): Promise<readonly CoordinatorPlace[]> {
  const coordinators: CoordinatorPlace[] = [];
  for (let at = 1; at <= count; at += 1) {
    const state = join(folder, `state-${at}`);
    const name = `coordinator ${at}`;
    const flags = ['--name', name, '--data', DATA, '--store', STORE, '--lease', String(LEASE_SECONDS), ...common];
    const own = { HOME: state, VOLLEY_STATE_DIR: state, VOLLEY_TASK_KEY: TASK_KEY };
    coordinators.push(await open(name, (environment) => startVolleyServe(flags, { ...environment, ...own })));
  }
  return coordinators;
}
