/** A complete Volley cluster in an account: data in its bucket, functions for the tasks, etcd for the jobs, and a coordinator. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectS3 } from '../../engine/store/s3/connection.ts';
import { createS3Store } from '../../engine/store/s3/s3-store.ts';
import type { Account } from '../../localstack/resources.ts';
import { startEtcd } from '../servers/etcd.ts';
import { startVolleyServe, type VolleyServe } from '../servers/volley-serve.ts';
import { accountEnvironment, type OpenAccount, openResources } from './account.ts';

export interface AccountClusterOptions {
  /** A folder with one Parquet file per table. */
  readonly data: string;
  /** The maximum number of concurrent function instances. */
  readonly concurrency: number;
  /** Called with one line of text for each step. */
  readonly say: (text: string) => void;
}

export interface AccountCluster {
  readonly coordinator: VolleyServe;
  /** Stops all processes and removes all resources. Returns the number of objects in the bucket besides the data. */
  close(): Promise<number>;
}

/** Creates all resources. If one cannot be created, removes the others. */
export async function openAccountCluster(
  opened: OpenAccount,
  { data, concurrency, say }: AccountClusterOptions,
): Promise<AccountCluster> {
  const ending: (() => Promise<unknown>)[] = [];
  const endAll = async (): Promise<void> => {
    for (let end = ending.pop(); end !== undefined; end = ending.pop()) await end();
  };
  try {
    const resources = await openResources(opened, concurrency);
    let left = 0;
    let put = 0;
    ending.push(async () => {
      left = (await resources.remove()) - put;
      say(`removed the bucket, role and function; objects in the bucket besides the data: ${left}`);
    });
    say(`created the bucket, role and function ${resources.name}`);
    const { files, sizeBytes } = await putFolder(opened.account, resources.name, 'data', data);
    put = files;
    say(`put ${files} files, ${(sizeBytes / 1e6).toFixed(1)} MB, into ${resources.data}`);
    const etcd = await startEtcd();
    ending.push(() => etcd.close());
    const state = await mkdtemp(join(tmpdir(), 'volley-account-'));
    ending.push(async () => rmSync(state, { recursive: true, force: true }));
    const executors = `lambda:${resources.name}`;
    const coordinator = await startVolleyServe(
      [
        ...['--data', resources.data, '--store', resources.store, '--executors', executors],
        ...['--journal', etcd.endpoint.replace('http:', 'etcd:'), '--function-concurrency', String(concurrency)],
      ],
      { VOLLEY_STATE_DIR: state, HOME: state, ...accountEnvironment(opened.account) },
    );
    ending.push(() => coordinator.close());
    say(`coordinator at ${coordinator.url}, journal in etcd at ${etcd.endpoint}`);
    return {
      coordinator,
      close: async () => {
        await endAll();
        return left;
      },
    };
  } catch (error) {
    await endAll();
    throw error;
  }
}

/** Copies the files of a folder into a bucket, under a prefix. */
async function putFolder(
  account: Account,
  bucket: string,
  prefix: string,
  folder: string,
): Promise<{ readonly files: number; readonly sizeBytes: number }> {
  const connection = connectS3(account);
  const store = createS3Store(connection, bucket);
  const files = readdirSync(folder);
  let sizeBytes = 0;
  for (const file of files) {
    const bytes = readFileSync(join(folder, file));
    await store.put(`${prefix}/${file}`, [bytes]);
    sizeBytes += bytes.length;
  }
  connection.close();
  return { files: files.length, sizeBytes };
}
