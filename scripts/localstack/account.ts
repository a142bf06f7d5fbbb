/** An AWS account for the demo and for tests: MiniStack's, or the one at `VOLLEY_AWS_ENDPOINT`, with an executor's image made for it. */
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

/** An account, the image its Lambda takes, and what ends what was started for it. */
export interface OpenAccount {
  readonly account: Account;
  readonly image: string;
  /** Says what it is, for people. */
  readonly title: string;
  close(): Promise<void>;
}

/** Opens the account that the environment names, else MiniStack's. Rejects, with the reason, where that cannot be had. */
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
    // LocalStack brings a Runtime Interface Emulator of its own.
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

/** What a process needs to know of the account: the coordinator's S3 and Lambda, and the SDK's credentials. */
export function accountEnvironment({ endpoint, region, credentials }: Account): Readonly<Record<string, string>> {
  return {
    AWS_REGION: region,
    ...(endpoint === undefined ? {} : { VOLLEY_S3_ENDPOINT: endpoint, VOLLEY_LAMBDA_ENDPOINT: endpoint }),
    ...(credentials === undefined
      ? {}
      : { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey }),
  };
}

/** Memory of a function with one core of its own. */
const FUNCTION_MEMORY_MIB = 1769;
const FUNCTION_TIMEOUT_SECONDS = 120;

/** What was made in an account, under one name. */
export interface OpenResources {
  readonly name: string;
  readonly data: string;
  readonly store: string;
  /** Removes all of it. Gives how many objects, and uploads left open, were in the bucket. */
  remove(): Promise<number>;
}

/** Makes bucket, role and function of a new name; `concurrency` is how many of the function run at once. */
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
