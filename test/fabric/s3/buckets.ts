import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connectS3 } from '../../../engine/store/s3/connection.ts';
import { createS3Store, type S3Store } from '../../../engine/store/s3/s3-store.ts';
import { loadConfig } from '../../../functions/config/config.ts';
import type { EmbeddedSession } from '../../../functions/embedded/session.ts';
import type { S3Server } from '../../../scripts/servers/versitygw.ts';
import { all } from './source.ts';

// Tests the built program: executors and binder are the bundles of dist/.
const { openEmbedded }: typeof import('../../../functions/embedded/session.ts') = await import(
  new URL('../../../dist/session.js', import.meta.url).href
);

/** A server with two buckets: tests fill `inputs`, and `jobs` receives shuffles and results. */
export interface S3Buckets {
  readonly inputs: S3Store;
  readonly jobs: S3Store;
  /** Environment variables with the server's endpoint and credentials. */
  readonly environment: Readonly<Record<string, string>>;
  close(): void;
}

export async function openBuckets(server: S3Server): Promise<S3Buckets> {
  const { endpoint, region, credentials } = server;
  await Promise.all([server.makeBucket('inputs'), server.makeBucket('jobs')]);
  const connection = connectS3({ endpoint, region, credentials });
  return {
    inputs: createS3Store(connection, 'inputs'),
    jobs: createS3Store(connection, 'jobs'),
    environment: environmentOf(server),
    close: () => connection.close(),
  };
}

/** Environment variables with the server's endpoint and credentials, by default the administrator's. */
export function environmentOf(
  { endpoint, region, credentials }: S3Server,
  user = credentials,
): Readonly<Record<string, string>> {
  return {
    VOLLEY_S3_ENDPOINT: endpoint,
    VOLLEY_S3_REGION: region,
    AWS_ACCESS_KEY_ID: user.accessKeyId,
    AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
  };
}

/** Opens a session as a user would, with its objects in S3. */
export function openS3Session(
  { environment }: S3Buckets,
  flags: { readonly data?: readonly string[]; readonly table?: readonly string[]; readonly set?: readonly string[] },
  stateDirectory: string,
): Promise<EmbeddedSession> {
  // The SDK looks for credentials in this process's own environment.
  Object.assign(process.env, environment);
  const own = { ...environment, VOLLEY_STATE_DIR: stateDirectory };
  return openEmbedded(loadConfig({ store: 's3://jobs/volley', ...flags }, own));
}

export async function putFile(store: S3Store, key: string, path: string): Promise<void> {
  await store.put(key, [readFileSync(path)]);
}

/** Fails if the jobs' bucket holds any object or open upload. */
export async function assertNothingLeft({ jobs }: S3Buckets): Promise<void> {
  assert.deepEqual(await all(jobs.list('')), []);
  assert.deepEqual(await all(jobs.listUploads('')), []);
}
