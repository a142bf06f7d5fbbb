import type { Environment } from './environment.ts';
import { usage } from './usage.ts';

/** Where S3 is. Credentials are found by the SDK's own chain: environment, profile, container, instance. */
export interface S3Settings {
  /** Another server than AWS's own, as a URL. */
  readonly endpoint?: string;
  /** What is not given, the SDK looks for in profiles. */
  readonly region?: string;
  /** Whether the bucket stands in the path of a URL instead of its host name. By default just with an `endpoint`. */
  readonly pathStyle?: boolean;
  /** Attempts of one request, the first included; absent: as many as a task that has begun is worth. */
  readonly maxAttempts?: number;
}

/** How this process and its children reach S3. */
export interface S3Access {
  readonly settings: S3Settings;
  /** For children that use S3: it holds secrets. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Servers of other makers take any region, but requests are signed with one. */
const REGION_OF_OTHERS = 'us-east-1';

/**
 * What the environment says of S3: `VOLLEY_S3_ENDPOINT`, `VOLLEY_S3_REGION` and `VOLLEY_S3_PATH_STYLE`, else what the SDK reads itself
 * (`AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_DEFAULT_REGION`). Throws `USAGE`.
 */
export function s3Settings(environment: Environment): S3Settings {
  const endpoint =
    environment['VOLLEY_S3_ENDPOINT'] || environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL'];
  if (endpoint && !isWebUrl(endpoint)) {
    throw usage(`The endpoint of S3 (VOLLEY_S3_ENDPOINT) is a URL such as http://127.0.0.1:9000, not "${endpoint}".`);
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

/** Both of what the environment says of S3. Throws `USAGE`. */
export function s3Access(environment: Environment): S3Access {
  return { settings: s3Settings(environment), environment: s3Environment(environment) };
}

/** Besides what begins with `AWS_`: where profiles are, and whom TLS trusts. */
const ALSO_NEEDED = new Set([
  'HOME',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'VOLLEY_S3_ENDPOINT',
  'VOLLEY_S3_REGION',
  'VOLLEY_S3_PATH_STYLE',
]);

/** Of an environment, what a child process needs to reach S3 as this one does. It holds secrets, and goes only to children that use S3. */
export function s3Environment(environment: Environment): Readonly<Record<string, string>> {
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    // A child is no Lambda function because its parent is one.
    return (
      value !== undefined && (ALSO_NEEDED.has(name) || (name.startsWith('AWS_') && !name.startsWith('AWS_LAMBDA_')))
    );
  });
  return Object.fromEntries(entries);
}

/** Must be called before the SDK is loaded: it then warns on standard error that it will need a newer Node some day. */
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
  throw usage(`VOLLEY_S3_PATH_STYLE takes on or off, not "${text}".`);
}
