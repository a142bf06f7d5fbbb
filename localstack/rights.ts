/** What Volley may do with S3, as AWS's policies say it; docs/deploy.md lists the same. test/fabric/serve-s3 runs with these rights alone. */

/** A part of a bucket. */
export interface BucketPart {
  readonly bucket: string;
  /** What its keys begin with, without a slash at either end; the whole bucket where it is empty. */
  readonly prefix: string;
}

/** Where inputs are, and what tasks write. */
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

/** What executors need. They list nothing, but whoever may not list is told that an object that is gone is forbidden. */
export function executorRights({ data, store }: BucketParts): readonly Right[] {
  return [
    allow(['s3:GetObject'], objectsOf(data)),
    allow(WRITING, objectsOf(store)),
    allow(['s3:ListBucket'], bucketOf(data)),
    allow(['s3:ListBucket'], bucketOf(store)),
  ];
}

/** What coordinators need, and `volley sql` with a store in S3: they also look for what jobs have left behind, and delete it. */
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
