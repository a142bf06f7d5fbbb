import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connectS3 } from '../../../engine/store/s3/connection.ts';
import { createS3Store, type S3Store } from '../../../engine/store/s3/s3-store.ts';
import { loadConfig } from '../../../functions/config/config.ts';
import type { EmbeddedSession } from '../../../functions/embedded/session.ts';
import type { S3Server } from '../../../scripts/servers/versitygw.ts';
import { all } from './source.ts';

// The session comes from dist/, so that these tests run the built executors and binder.
const { openEmbedded }: typeof import('../../../functions/embedded/session.ts') = await import(
  new URL('../../../dist/session.js', import.meta.url).href
);

/** Two buckets of a server. Tests write to `inputs`, and jobs write shuffles and results to `jobs`. */
export interface S3Buckets {
  readonly inputs: S3Store;
  readonly jobs: S3Store;
  /** The environment variables with the server's endpoint and credentials. */
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

/** Returns environment variables with the server's endpoint and a user's credentials, by default those of the administrator. */
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

/** Opens a session with a store in S3, configured by flags and the environment. */
export function openS3Session(
  { environment }: S3Buckets,
  flags: { readonly data?: readonly string[]; readonly table?: readonly string[]; readonly set?: readonly string[] },
  stateDirectory: string,
): Promise<EmbeddedSession> {
  // The AWS SDK reads credentials from the environment of this process.
  Object.assign(process.env, environment);
  const own = { ...environment, VOLLEY_STATE_DIR: stateDirectory };
  return openEmbedded(loadConfig({ store: 's3://jobs/volley', ...flags }, own));
}

export async function putFile(store: S3Store, key: string, path: string): Promise<void> {
  await store.put(key, [readFileSync(path)]);
}

/** Fails if the bucket `jobs` contains any object or unfinished upload. */
export async function assertNothingLeft({ jobs }: S3Buckets): Promise<void> {
  assert.deepEqual(await all(jobs.list('')), []);
  assert.deepEqual(await all(jobs.listUploads('')), []);
}
