/** What Volley needs of an AWS account, made through AWS's own API: at AWS, or at whatever speaks it. */
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
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';

/** Where the account is. Without an endpoint, AWS; without credentials, those the SDK finds. */
export interface Account {
  readonly endpoint?: string;
  readonly region: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface ResourceOptions {
  /** Of the bucket, the role and the function. */
  readonly name: string;
  /** The executor's image, as the platform finds it. */
  readonly image: string;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  /** How many of the function run at once; without it as many as the account lets. */
  readonly concurrency?: number;
}

/** What was made: a bucket with inputs below `data/` and what tasks write below `jobs/`, and a function that may read and write there. */
export interface Resources {
  readonly bucket: string;
  readonly functionName: string;
  readonly roleArn: string;
  /** For `--data` and `VOLLEY_ALLOW`. */
  readonly data: string;
  /** For `--store` and `VOLLEY_STORE`. */
  readonly store: string;
}

const POLICY_NAME = 'volley';
const LONGEST_ACTIVATION_SECONDS = 120;

/** Creates them, and waits until the function can be invoked. Rejects as the SDK does; what was made before stays, for `removeResources`. */
export async function createResources(account: Account, options: ResourceOptions): Promise<Resources> {
  const { name, image, memoryMiB, timeoutSeconds, concurrency } = options;
  const { s3, iam, lambda, close } = connect(account);
  try {
    const elsewhere = { CreateBucketConfiguration: { LocationConstraint: account.region as 'eu-west-1' } };
    await s3.send(new CreateBucketCommand({ Bucket: name, ...(account.region === 'us-east-1' ? {} : elsewhere) }));
    const role = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: TRUST }));
    await iam.send(
      new PutRolePolicyCommand({ RoleName: name, PolicyName: POLICY_NAME, PolicyDocument: policyFor(name) }),
    );
    const roleArn = role.Role?.Arn ?? '';
    const resources = {
      bucket: name,
      functionName: name,
      roleArn,
      data: `s3://${name}/data`,
      store: `s3://${name}/jobs`,
    };
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role: roleArn,
        PackageType: 'Image',
        Code: { ImageUri: image },
        MemorySize: memoryMiB,
        Timeout: timeoutSeconds,
        Environment: { Variables: { VOLLEY_STORE: resources.store, VOLLEY_ALLOW: resources.data } },
      }),
    );
    await waitUntilFunctionActiveV2(
      { client: lambda, maxWaitTime: LONGEST_ACTIVATION_SECONDS, minDelay: 1, maxDelay: 2 },
      { FunctionName: name },
    );
    if (concurrency !== undefined) {
      const most = { FunctionName: name, ReservedConcurrentExecutions: concurrency };
      await lambda.send(new PutFunctionConcurrencyCommand(most));
    }
    return resources;
  } finally {
    close();
  }
}

/** Removes what of them is there, with all that is in the bucket. Gives how many objects and open uploads that were. */
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

/** Gives undefined where what is to be removed is not there. */
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

/** An executor reads inputs, reads and writes what tasks write, and logs; nothing else. */
function policyFor(bucket: string): string {
  const objects = (prefix: string) => `arn:aws:s3:::${bucket}/${prefix}/*`;
  const writing = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'];
  const logging = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: objects('data') },
      { Effect: 'Allow', Action: writing, Resource: objects('jobs') },
      { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: `arn:aws:s3:::${bucket}` },
      { Effect: 'Allow', Action: logging, Resource: 'arn:aws:logs:*:*:*' },
    ],
  });
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
