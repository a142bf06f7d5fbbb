import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openEtcdJournal } from '../../../coordinator/journal/etcd/etcd-journal.ts';
import type { SharedJournal } from '../../../coordinator/journal/journal.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { type EtcdServer, startEtcd } from '../../../scripts/servers/etcd.ts';
import { startVolleyExecutor, type VolleyExecutor } from '../../../scripts/servers/volley-executor.ts';
import { startVolleyServer, type VolleyServer } from '../../../scripts/servers/volley-server.ts';
import { until, writeParquet } from '../../end-to-end/volley-process.ts';

const TASK_KEY = 'a key that only the tests know';
const TOKEN = 'a-token-that-only-the-tests-know';
/** The shortest lease that the journal allows, because tests wait for it to expire. */
export const LEASE_SECONDS = 2;

/** A coordinator's response with its complete body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parses the body as JSON. Throws if it is not JSON. */
  json(): JobAnswer;
}

/** The fields of job documents and problem documents that tests check. */
export interface JobAnswer {
  readonly id: JobId;
  readonly state: string;
  readonly coordinator?: string;
  readonly code?: string;
  readonly waiting?: { readonly for: string; readonly message: string };
  readonly tasks?: { readonly total: number; readonly running: number; readonly succeeded: number };
  readonly error?: { readonly code: string; readonly message: string };
  readonly jobs?: readonly JobAnswer[];
  readonly cursor?: string;
}

/** A running `volley serve` from dist/. */
export interface ServeProcess extends VolleyServer {
  readonly name: string;
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  submit(sql: string, more?: Readonly<Record<string, unknown>>, key?: string): Promise<JobAnswer>;
}

/** Starts `volley serve` on a free port and waits until it listens. The process ends with the test. */
export async function startServe(
  t: TestContext,
  name: string,
  flags: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ServeProcess> {
  const args = ['serve', '--port', '0', '--name', name, ...flags];
  const running = await startVolleyServer({ args, environment: { TZ: 'UTC', ...environment } });
  const { url } = running;
  t.after(async () => {
    running.signal('SIGKILL');
    await running.exited;
  });
  const ask: ServeProcess['ask'] = async (method, path, body, headers = {}) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  };
  return {
    ...running,
    name,
    ask,
    submit: async (sql, more = {}, key) => {
      const headers = key === undefined ? {} : { 'idempotency-key': key };
      const answer = await ask('POST', '/v1/jobs', { sql, ...more }, headers);
      assert.equal(answer.status, 202, answer.text);
      return answer.json();
    },
  };
}

/** A location for a cluster's data and objects other than the local disk. */
export interface ClusterPlace {
  readonly store: ObjectStore;
  readonly storeLocation: string;
  readonly dataLocation: string;
  /** Copies a data file to the location. */
  readonly putData: (name: string, path: string) => Promise<void>;
  /** The environment variables of coordinators. `executorEnvironment` contains those of executors. */
  readonly environment: Readonly<Record<string, string>>;
  readonly executorEnvironment: Readonly<Record<string, string>>;
}

/**
 * A cluster for any number of coordinators. It consists of etcd, a store, data, and two standalone executors that run two tasks at a time
 * each.
 */
export class Cluster {
  readonly folder: string;
  readonly store: string;
  readonly #place: Pick<ClusterPlace, 'storeLocation' | 'dataLocation' | 'environment'>;
  readonly etcd: EtcdServer;
  readonly executors: readonly VolleyExecutor[];
  readonly journal: SharedJournal;
  readonly #t: TestContext;

  private constructor(
    t: TestContext,
    folder: string,
    etcd: EtcdServer,
    executors: readonly VolleyExecutor[],
    place: ClusterPlace | undefined,
  ) {
    this.#t = t;
    this.folder = folder;
    this.store = join(folder, 'store');
    this.#place = place ?? { storeLocation: this.store, dataLocation: join(folder, 'data'), environment: {} };
    this.etcd = etcd;
    this.executors = executors;
    const store = place?.store ?? createFileStore(this.store);
    this.journal = openEtcdJournal({ endpoints: [etcd.endpoint], owner: 'the test', store });
  }

  /**
   * Starts a cluster that ends with the test. The table `numbers` consists of four files and has a column `n` with the numbers 0 to 14,999.
   */
  static async start(t: TestContext, place?: ClusterPlace): Promise<Cluster> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'volley-serve-')));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const data = join(folder, 'data');
    for (const path of ['store', 'scratch', 'data/numbers']) mkdirSync(join(folder, path), { recursive: true });
    const part = (at: number) => `select range as n from range(${at * 3750}, ${(at + 1) * 3750})`;
    await writeParquet(Object.fromEntries([0, 1, 2, 3].map((at) => [join(data, `numbers/${at}.parquet`), part(at)])));
    for (const at of [0, 1, 2, 3]) await place?.putData(`numbers/${at}.parquet`, join(data, `numbers/${at}.parquet`));
    const etcd = await startEtcd();
    t.after(() => etcd.close());
    const {
      storeLocation = join(folder, 'store'),
      dataLocation = data,
      executorEnvironment: environment = {},
    } = place ?? {};
    const options = { store: storeLocation, allow: [dataLocation], scratch: join(folder, 'scratch'), environment };
    const start = () => startVolleyExecutor({ ...options, key: TASK_KEY, memoryMiB: 1024, concurrency: 2 });
    const executors = await Promise.all([start(), start()]);
    t.after(() => Promise.all(executors.map((executor) => executor.close())));
    const cluster = new Cluster(t, folder, etcd, executors, place);
    t.after(() => cluster.journal.close());
    return cluster;
  }

  /** Starts a coordinator. `executors` are the URLs of its executors. */
  serve(name: string, executors = this.executors.map(({ endpoint }) => endpoint)): Promise<ServeProcess> {
    const flags = [
      ...['--data', this.#place.dataLocation, '--store', this.#place.storeLocation, '--lease', String(LEASE_SECONDS)],
      ...['--journal', this.etcd.endpoint.replace('http:', 'etcd:'), '--executors', executors.join(',')],
    ];
    const state = join(this.folder, `state-${name}`);
    return startServe(this.#t, name, flags, {
      ...this.#place.environment,
      HOME: state,
      VOLLEY_STATE_DIR: state,
      VOLLEY_TOKEN: `${TOKEN},alice=alices-own-token-1234`,
      VOLLEY_TASK_KEY: TASK_KEY,
    });
  }

  records(job: JobId): Promise<readonly JobRecord[]> {
    return this.journal.read(job);
  }

  /** Waits until `look` returns a value for a job's records, and returns that value. */
  async untilRecords<T>(job: JobId, what: string, look: (records: readonly JobRecord[]) => T | undefined): Promise<T> {
    return until(what, async () => look(await this.records(job)));
  }

  /** Returns the paths of all files in the store. */
  stored(): readonly string[] {
    return readdirSync(this.store, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.store.length + 1))
      .sort();
  }
}

/** Returns `stage/task` for each success in the records. */
export function successes(records: readonly JobRecord[]): readonly string[] {
  return records.flatMap((record) =>
    record.kind === 'task-ended' && record.outcome.kind === 'succeeded' ? [`${record.stage}/${record.task}`] : [],
  );
}
