import { FabricError } from '../../errors.ts';
import { badKey, keyProblem } from '../object-key.ts';
import { MISSING_BUCKET } from '../object-store.ts';
import type { S3Place } from './request.ts';

/** A failed request as reported by S3, the SDK or the network. */
interface Failure {
  readonly name: string;
  readonly message: string;
  /** The HTTP status, or 0 if there was no response. */
  readonly status: number;
  /** The number of attempts, including the first. */
  readonly attempts: number;
}

/** The action in a message such as "Could not read KEY". */
export type Action = 'look up' | 'read' | 'write' | 'list' | 'delete' | 'commit' | 'abort the upload of';

interface Advice {
  readonly names: readonly string[];
  readonly statuses?: readonly number[];
  readonly advice: string;
  readonly retryable: boolean;
}

/** The SDK's message for an error that has no name. */
const REGION_MISSING = 'Region is missing';

const NO_BUCKET = 'NoSuchBucket';

const ADVICE: readonly Advice[] = [
  {
    names: [NO_BUCKET],
    advice: 'Create the bucket, or check its name and the endpoint.',
    retryable: false,
  },
  {
    names: ['CredentialsProviderError', 'TokenProviderError'],
    advice:
      'No credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or configure a profile or a role.',
    retryable: false,
  },
  {
    names: [REGION_MISSING],
    advice: 'Set VOLLEY_S3_REGION or AWS_REGION, or set the region in a profile.',
    retryable: false,
  },
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
    advice: 'The credentials have expired. Renew them.',
    retryable: true,
  },
  {
    names: ['SignatureDoesNotMatch', 'InvalidAccessKeyId', 'InvalidToken'],
    advice: 'The store does not accept these credentials. Check the access key and the secret key.',
    retryable: false,
  },
  {
    names: ['RequestTimeTooSkewed', 'RequestExpired'],
    advice: 'The clock of this machine is wrong. Correct it.',
    retryable: false,
  },
  {
    names: ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'],
    statuses: [301, 307],
    advice: 'The bucket is in another region. Set VOLLEY_S3_REGION or AWS_REGION to that region.',
    retryable: false,
  },
  {
    names: ['AccessDenied', 'Forbidden', 'AllAccessDisabled'],
    statuses: [401, 403],
    advice:
      'Check the credentials, and check that their user or role has the required permissions (s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload, s3:ListBucket, s3:ListBucketMultipartUploads).',
    retryable: false,
  },
  {
    names: ['ConditionalRequestConflict', 'OperationAborted'],
    statuses: [409],
    advice: 'Another request for the same key was in progress. Try again.',
    retryable: true,
  },
  {
    names: ['SlowDown', 'Throttling', 'ThrottlingException', 'TooManyRequests', 'RequestLimitExceeded'],
    statuses: [429],
    advice: 'The store is limiting the request rate. Try again later, or spread the load over more prefixes.',
    retryable: true,
  },
  {
    names: ['TruncatedBody'],
    advice: 'Try again. If it fails again, check the network and proxies.',
    retryable: true,
  },
  {
    names: ['TimeoutError', 'RequestTimeout'],
    statuses: [500, 502, 503, 504],
    advice: 'Try again. If it fails again, check the store and the network.',
    retryable: true,
  },
];

/** Error codes that the operating system reports for network failures. */
const NETWORK =
  /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ECONNABORTED|EMFILE)$/;

/**
 * Converts the error of a failed request to `STORE_FAILED`. The message states the action, the object, the store, the
 * response, and what to do. A `FabricError` is returned unchanged.
 */
export function s3Failure(action: Action, key: string, place: S3Place, thrown: unknown): FabricError {
  if (thrown instanceof FabricError) return thrown;
  const { name, message, status, attempts } = failureOf(thrown);
  const found =
    ADVICE.find(({ names }) => names.includes(name)) ?? ADVICE.find(({ statuses }) => statuses?.includes(status));
  const tries = attempts > 1 ? ` in ${attempts} attempts` : '';
  const what = key === '' ? 'the objects' : key;
  const said = message.includes(name) ? message : `${name}: ${message}`;
  const text = `Could not ${action} ${what} in the store ${place.name}${tries}: ${said.replace(/\.$/, '')}.`;
  const retryable = found?.retryable ?? (isNetwork(thrown) || status >= 500);
  const advice = found?.advice ?? (isNetwork(thrown) ? networkAdvice(place) : undefined);
  return new FabricError('STORE_FAILED', advice === undefined ? text : `${text} ${advice}`, {
    retryable,
    cause: thrown,
    details: {
      key,
      attempts,
      ...(status === 0 ? {} : { status }),
      ...(name === NO_BUCKET ? MISSING_BUCKET : {}),
    },
  });
}

function networkAdvice(place: S3Place): string {
  return `No server responds at ${place.connection.name}. Check that the store is running, and check the endpoint (VOLLEY_S3_ENDPOINT) and the region.`;
}

/** Returns whether a request failed because the object does not exist. A missing bucket does not count. */
export function isMissing(thrown: unknown): boolean {
  const { name, status } = failureOf(thrown);
  return name === 'NoSuchKey' || name === 'NotFound' || (status === 404 && !name.startsWith('NoSuch'));
}

/** Returns whether a request failed because the upload is not open: it was committed, was aborted, or never existed. */
export function isMissingUpload(thrown: unknown): boolean {
  return failureOf(thrown).name === 'NoSuchUpload';
}

/** Returns whether the condition of a request (`If-Match`, `If-None-Match`) failed. */
export function isConditionFailed(thrown: unknown): boolean {
  const { name, status } = failureOf(thrown);
  return status === 412 || name === 'PreconditionFailed';
}

/** Returns whether a read failed because its range starts beyond the object's end. */
export function isOutOfRange(thrown: unknown): boolean {
  return failureOf(thrown).status === 416;
}

/** Returns the number of attempts before the request failed. */
export function attemptsOf(thrown: unknown): number {
  return failureOf(thrown).attempts;
}

/** Returns an object's key in the bucket. Throws if the key is invalid. */
export function fullKey(place: S3Place, key: string): string {
  const problem = keyProblem(key);
  if (problem !== undefined) throw badKey(key, problem);
  return `${place.prefix}${key}`;
}

export function notFound(key: string, place: S3Place, cause?: unknown): FabricError {
  const message = `There is no object ${key} in the store ${place.name}.`;
  return new FabricError('OBJECT_NOT_FOUND', message, { cause, details: { key } });
}

export function exists(key: string, place: S3Place, cause?: unknown): FabricError {
  const message = `Object ${key} already exists in the store ${place.name}.`;
  return new FabricError('OBJECT_EXISTS', message, { cause, details: { key } });
}

export function changed(key: string, place: S3Place, cause?: unknown): FabricError {
  const message = `Object ${key} in the store ${place.name} was replaced.`;
  return new FabricError('INPUT_CHANGED', message, { cause, details: { key } });
}

function isNetwork(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' && NETWORK.test(code);
}

function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown), status: 0, attempts: 1 };
  const metadata: unknown = '$metadata' in thrown ? thrown.$metadata : undefined;
  const status = numberIn(metadata, 'httpStatusCode') ?? 0;
  if (thrown.message === REGION_MISSING) return { name: REGION_MISSING, message: REGION_MISSING, status, attempts: 1 };
  // The response to a HEAD request has no body, so it cannot name the error.
  const isNameless = thrown.name === 'UnknownError' || thrown.name === 'Unknown';
  const name = isNameless && status > 0 ? `HTTP status ${status}` : thrown.name;
  const said = isNameless && thrown.message === thrown.name ? '' : thrown.message;
  return {
    name,
    message: said === '' ? name : said,
    status,
    attempts: numberIn(metadata, 'attempts') ?? 1,
  };
}

function numberIn(value: unknown, name: string): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'number' ? found : undefined;
}
