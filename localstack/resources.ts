/** Creates Volley's AWS resources through the AWS API, on AWS or on an emulator. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import {
  AbortMultipartUploadCommand,
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { executorRights } from './rights.ts';

/** The account. Defaults to AWS, with the credentials that the SDK finds. */
export interface Account {
  readonly endpoint?: string;
  readonly region: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface FunctionOptions {
  /** The name of the function, its role and its bucket. */
  readonly name: string;
  /** The name of the executor's image for the platform. */
  readonly image: string;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  /** The function's reserved concurrency. Defaults to the account's limit. */
  readonly concurrency?: number;
}

/** Returns the locations of inputs and task outputs in the bucket `name`. */
export function locationsIn(name: string): { readonly data: string; readonly store: string } {
  return { data: `s3://${name}/data`, store: `s3://${name}/jobs` };
}

const POLICY_NAME = 'volley';
const MAX_ACTIVATION_SECONDS = 120;
const ROLE_ATTEMPTS = 10;
const ROLE_PAUSE_MS = 2000;

/** Creates the bucket. Rejects as the SDK does. */
export async function createBucket(account: Account, name: string): Promise<void> {
  const { s3, close } = connect(account);
  const { region } = account;
  try {
    // The API does not accept us-east-1 as a location constraint.
    const elsewhere = { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
    await s3.send(new CreateBucketCommand({ Bucket: name, ...(region === 'us-east-1' ? {} : elsewhere) }));
  } finally {
    close();
  }
}

/**
 * Creates the role and the function and waits until it can be invoked. Rejects as the SDK does. Resources created
 * before the failure remain and can be removed with `removeResources`.
 */
export async function createFunction(account: Account, options: FunctionOptions): Promise<void> {
  const { name, image, memoryMiB, timeoutSeconds, concurrency } = options;
  const { data, store } = locationsIn(name);
  const { iam, lambda, close } = connect(account);
  try {
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: TRUST }));
    const policy = { RoleName: name, PolicyName: POLICY_NAME, PolicyDocument: policyFor(name) };
    await iam.send(new PutRolePolicyCommand(policy));
    const definition = new CreateFunctionCommand({
      FunctionName: name,
      Role: Role?.Arn,
      PackageType: 'Image',
      // Volley invokes published versions only.
      Publish: true,
      Code: { ImageUri: image },
      MemorySize: memoryMiB,
      Timeout: timeoutSeconds,
      Environment: { Variables: { VOLLEY_STORE: store, VOLLEY_ALLOW: data } },
    });
    const { Version: version } = await untilRoleIsKnown(() => lambda.send(definition));
    const patience = { client: lambda, maxWaitTime: MAX_ACTIVATION_SECONDS, minDelay: 1, maxDelay: 2 };
    await waitUntilFunctionActiveV2(patience, { FunctionName: name, ...(version ? { Qualifier: version } : {}) });
    if (concurrency !== undefined) {
      const most = { FunctionName: name, ReservedConcurrentExecutions: concurrency };
      await lambda.send(new PutFunctionConcurrencyCommand(most));
    }
  } finally {
    close();
  }
}

/** Retries for several seconds, because Lambda cannot assume a new role immediately. */
async function untilRoleIsKnown<T>(create: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create();
    } catch (error) {
      const isNew = error instanceof Error && /cannot be assumed/.test(error.message);
      if (!isNew || attempt === ROLE_ATTEMPTS) throw error;
      await delay(ROLE_PAUSE_MS);
    }
  }
}

/**
 * Removes the existing resources and everything in the bucket. Returns the number of objects and open uploads that were
 * in the bucket.
 */
export async function removeResources(account: Account, name: string): Promise<number> {
  const { s3, iam, lambda, close } = connect(account);
  try {
    await unlessGone(lambda.send(new DeleteFunctionCommand({ FunctionName: name })));
    await unlessGone(iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: POLICY_NAME })));
    await unlessGone(iam.send(new DeleteRoleCommand({ RoleName: name })));
    const removed = (await unlessGone(emptyBucket(s3, name))) ?? 0;
    await unlessGone(s3.send(new DeleteBucketCommand({ Bucket: name })));
    return removed;
  } finally {
    close();
  }
}

async function emptyBucket(s3: S3Client, bucket: string): Promise<number> {
  let removed = 0;
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
    for (const { Key } of Contents) {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
      removed += 1;
    }
  }
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  for (const { Key, UploadId } of Uploads) {
    await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
  }
  return removed + Uploads.length;
}

/** Returns undefined if the resource does not exist. */
async function unlessGone<T>(removal: Promise<T>): Promise<T | undefined> {
  try {
    return await removal;
  } catch (error) {
    if (error instanceof Error && /NotFound|NoSuch/.test(error.name)) return undefined;
    throw error;
  }
}

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

function policyFor(bucket: string): string {
  const rights = executorRights({ data: { bucket, prefix: 'data' }, store: { bucket, prefix: 'jobs' } });
  const logging = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
  const logs = { Effect: 'Allow', Action: logging, Resource: 'arn:aws:logs:*:*:*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [...rights, logs] });
}

function connect({ endpoint, region, credentials }: Account) {
  const where = {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  const s3 = new S3Client({ ...where, forcePathStyle: endpoint !== undefined });
  const iam = new IAMClient(where);
  const lambda = new LambdaClient(where);
  const close = () => {
    for (const client of [s3, iam, lambda]) client.destroy();
  };
  return { s3, iam, lambda, close };
}
