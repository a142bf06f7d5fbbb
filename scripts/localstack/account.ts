/**
 * Opens an AWS account with an executor's image, for the demo and for tests. The account is MiniStack's, or that of
 * `VOLLEY_AWS_ENDPOINT`.
 */
import {
  type Account,
  createBucket,
  createFunction,
  locationsIn,
  removeResources,
} from '../../localstack/resources.ts';
import { localBase } from '../images/base.ts';
import { buildImage } from '../images/build.ts';
import { addEmulator } from '../images/emulator.ts';
import { openDocker } from '../servers/dockerd.ts';
import { startMiniStack } from '../servers/ministack.ts';

/** An account and an image for its Lambda functions. */
export interface OpenAccount {
  readonly account: Account;
  readonly image: string;
  /** The title to display. */
  readonly title: string;
  close(): Promise<void>;
}

/**
 * Opens the account at `VOLLEY_AWS_ENDPOINT`, or otherwise starts MiniStack. Rejects with the reason if that is not
 * possible.
 */
export async function openAccount(): Promise<OpenAccount> {
  const endpoint = process.env['VOLLEY_AWS_ENDPOINT'];
  const region = process.env['AWS_REGION'] ?? 'us-east-1';
  const given = process.env['VOLLEY_IMAGE'];
  if (endpoint !== undefined && given !== undefined) {
    return { account: { endpoint, region }, image: given, title: endpoint, close: async () => undefined };
  }
  const docker = await openDocker();
  try {
    const base = process.env['VOLLEY_BASE_IMAGE'] ?? (await localBase(docker));
    const { tag } = await buildImage(docker, 'executor', base);
    // LocalStack has its own Runtime Interface Emulator.
    if (endpoint !== undefined) {
      return { account: { endpoint, region }, image: tag, title: endpoint, close: () => docker.close() };
    }
    const image = await addEmulator(docker, tag);
    const emulator = await startMiniStack(docker);
    const close = async () => {
      await emulator.close();
      await docker.close();
    };
    const { credentials } = emulator;
    const account = { endpoint: emulator.endpoint, region: emulator.region, credentials };
    return { account, image, title: `MiniStack at ${emulator.endpoint}`, close };
  } catch (error) {
    await docker.close();
    throw error;
  }
}

/**
 * Returns the environment of a process that uses the account: the S3 and Lambda endpoints of the coordinator, and the
 * SDK's credentials.
 */
export function accountEnvironment({ endpoint, region, credentials }: Account): Readonly<Record<string, string>> {
  return {
    AWS_REGION: region,
    ...(endpoint === undefined ? {} : { VOLLEY_S3_ENDPOINT: endpoint, VOLLEY_LAMBDA_ENDPOINT: endpoint }),
    ...(credentials === undefined
      ? {}
      : { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey }),
  };
}

/** The memory size at which a function has one full core. */
const FUNCTION_MEMORY_MIB = 1769;
const FUNCTION_TIMEOUT_SECONDS = 120;

/** The resources created in an account under one name. */
export interface OpenResources {
  readonly name: string;
  readonly data: string;
  readonly store: string;
  /** Removes all resources. Returns the number of objects and open uploads that were in the bucket. */
  remove(): Promise<number>;
}

/**
 * Creates a bucket, role and function under a new name. `concurrency` is the maximum number of concurrent function
 * instances.
 */
export async function openResources({ account, image }: OpenAccount, concurrency: number): Promise<OpenResources> {
  const name = `volley-${process.pid}-${Date.now().toString(36)}`;
  const remove = () => removeResources(account, name);
  try {
    await createBucket(account, name);
    const size = { memoryMiB: FUNCTION_MEMORY_MIB, timeoutSeconds: FUNCTION_TIMEOUT_SECONDS, concurrency };
    await createFunction(account, { name, image, ...size });
    return { name, ...locationsIn(name), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
