import type { Environment } from './environment.ts';
import { usage } from './usage.ts';

/** The settings for reaching S3. The SDK finds credentials itself: environment, profile, container, instance. */
export interface S3Settings {
  /** The URL of an S3 server other than AWS. */
  readonly endpoint?: string;
  /** If absent, the SDK looks in profiles. */
  readonly region?: string;
  /** Whether URLs have the bucket in the path instead of the host name. By default, only with an `endpoint`. */
  readonly pathStyle?: boolean;
  /** Attempts of one request, including the first; if absent, the default for running tasks. */
  readonly maxAttempts?: number;
}

/** The S3 settings of this process and its children. */
export interface S3Access {
  readonly settings: S3Settings;
  /** The variables for children that use S3. Contains secrets. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Other servers accept any region, but signing a request needs one. */
const REGION_OF_OTHERS = 'us-east-1';

/**
 * The S3 settings of the environment: `VOLLEY_S3_ENDPOINT`, `VOLLEY_S3_REGION` and `VOLLEY_S3_PATH_STYLE`, else the SDK's own variables
 * (`AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_DEFAULT_REGION`). Throws `USAGE`.
 */
export function s3Settings(environment: Environment): S3Settings {
  const endpoint =
    environment['VOLLEY_S3_ENDPOINT'] || environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL'];
  if (endpoint && !isWebUrl(endpoint)) {
    throw usage(`VOLLEY_S3_ENDPOINT takes a URL such as http://127.0.0.1:9000, not "${endpoint}".`);
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

/** The S3 settings of the environment, and the variables that children need. Throws `USAGE`. */
export function s3Access(environment: Environment): S3Access {
  return { settings: s3Settings(environment), environment: s3Environment(environment) };
}

/** Variables beside those that begin with `AWS_`: the folder of profiles, and trusted TLS authorities. */
const ALSO_NEEDED = new Set([
  'HOME',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'VOLLEY_S3_ENDPOINT',
  'VOLLEY_S3_REGION',
  'VOLLEY_S3_PATH_STYLE',
]);

/** The variables that a child process needs to reach S3. They hold secrets, so only children that use S3 get them. */
export function s3Environment(environment: Environment): Readonly<Record<string, string>> {
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    // The child of a Lambda function is not itself a Lambda function.
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
  throw usage(`VOLLEY_S3_PATH_STYLE takes on or off, not "${text}".`);
}
