/**
 * Volley's S3 permissions as AWS policy statements. docs/deploy.md lists the same permissions.
 * test/fabric/serve/s3.test.ts runs with only these permissions.
 */

/** A prefix in a bucket. */
export interface BucketPart {
  readonly bucket: string;
  /** The prefix, without a slash at either end. An empty prefix means the whole bucket. */
  readonly prefix: string;
}

/** The locations of inputs and of task outputs. */
export interface BucketParts {
  readonly data: BucketPart;
  readonly store: BucketPart;
}

/** One statement of a policy. */
export interface Right {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
}

const WRITING = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'];

/**
 * Returns the permissions of executors. Executors do not list objects, but without the list permission, S3 reports a
 * missing object as forbidden.
 */
export function executorRights({ data, store }: BucketParts): readonly Right[] {
  return [
    allow(['s3:GetObject'], objectsOf(data)),
    allow(WRITING, objectsOf(store)),
    allow(['s3:ListBucket'], bucketOf(data)),
    allow(['s3:ListBucket'], bucketOf(store)),
  ];
}

/**
 * Returns the permissions of coordinators, and of `volley sql` with a store in S3. They also find and delete leftover
 * objects of jobs.
 */
export function coordinatorRights(parts: BucketParts): readonly Right[] {
  return [...executorRights(parts), allow(['s3:ListBucketMultipartUploads'], bucketOf(parts.store))];
}

function allow(actions: readonly string[], resource: string): Right {
  return { Effect: 'Allow', Action: actions, Resource: resource };
}

function objectsOf({ bucket, prefix }: BucketPart): string {
  return `${bucketOf({ bucket, prefix })}/${prefix === '' ? '' : `${prefix}/`}*`;
}

function bucketOf({ bucket }: BucketPart): string {
  return `arn:aws:s3:::${bucket}`;
}
