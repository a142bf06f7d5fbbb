import type { Environment } from './environment.ts';
import { usage } from './usage.ts';

/**
 * The settings for access to S3. The SDK finds credentials in the environment, a profile, the container or the
 * instance.
 */
export interface S3Settings {
  /** The URL of an S3 server other than AWS. */
  readonly endpoint?: string;
  /** If absent, the SDK reads the region from a profile. */
  readonly region?: string;
  /** Whether URLs have the bucket in the path instead of the host name. Defaults to true only if `endpoint` is set. */
  readonly pathStyle?: boolean;
  /** The maximum number of attempts per request, including the first. Defaults to the value for running tasks. */
  readonly maxAttempts?: number;
}

/** The S3 settings of this process and its children. */
export interface S3Access {
  readonly settings: S3Settings;
  /** The variables for child processes that use S3. Contains secrets. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Servers other than AWS accept any region, but signing a request requires one. */
const REGION_OF_OTHERS = 'us-east-1';

/**
 * Reads the S3 settings from the environment: `VOLLEY_S3_ENDPOINT`, `VOLLEY_S3_REGION` and `VOLLEY_S3_PATH_STYLE`, or
 * else the SDK's own variables (`AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_DEFAULT_REGION`). Throws
 * `USAGE`.
 */
export function s3Settings(environment: Environment): S3Settings {
  const endpoint =
    environment['VOLLEY_S3_ENDPOINT'] || environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL'];
  if (endpoint && !isWebUrl(endpoint)) {
    throw usage(`VOLLEY_S3_ENDPOINT must be a URL such as http://127.0.0.1:9000, not "${endpoint}".`);
  }
  const region =
    environment['VOLLEY_S3_REGION'] ||
    environment['AWS_REGION'] ||
    environment['AWS_DEFAULT_REGION'] ||
    (endpoint ? REGION_OF_OTHERS : undefined);
  const pathStyle = switchedOn(environment['VOLLEY_S3_PATH_STYLE']);
  return {
    ...(endpoint ? { endpoint } : {}),
    ...(region ? { region } : {}),
    ...(pathStyle === undefined ? {} : { pathStyle }),
  };
}

/** Reads the S3 settings from the environment, with the variables that child processes need. Throws `USAGE`. */
export function s3Access(environment: Environment): S3Access {
  return { settings: s3Settings(environment), environment: s3Environment(environment) };
}

/** Required variables that do not start with `AWS_`: the folder of profiles, and trusted TLS authorities. */
const ALSO_NEEDED = new Set([
  'HOME',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'VOLLEY_S3_ENDPOINT',
  'VOLLEY_S3_REGION',
  'VOLLEY_S3_PATH_STYLE',
]);

/**
 * Returns the variables that a child process needs for access to S3. They hold secrets, so they are passed only to
 * child processes that use S3.
 */
export function s3Environment(environment: Environment): Readonly<Record<string, string>> {
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    // A child process of a Lambda function must not act as a Lambda function.
    return (
      value !== undefined && (ALSO_NEEDED.has(name) || (name.startsWith('AWS_') && !name.startsWith('AWS_LAMBDA_')))
    );
  });
  return Object.fromEntries(entries);
}

/** Turns off the SDK's warning about future Node versions. Must be called before the SDK is loaded. */
export function silenceSdk(): void {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
}

function isWebUrl(text: string): boolean {
  return /^https?:\/\/[^/]/.test(text) && URL.canParse(text);
}

function switchedOn(text: string | undefined): boolean | undefined {
  if (!text) return undefined;
  if (['1', 'true', 'on'].includes(text.toLowerCase())) return true;
  if (['0', 'false', 'off'].includes(text.toLowerCase())) return false;
  throw usage(`VOLLEY_S3_PATH_STYLE must be on or off, not "${text}".`);
}
