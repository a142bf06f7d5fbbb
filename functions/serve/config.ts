import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Access, AccessToken } from '../../coordinator/front/http/access.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { type Environment, setVariables } from '../config/environment.ts';
import { portVariable } from '../config/port-variable.ts';
import { readText, secretOf, secretsOf, taskKeysOf } from '../config/secrets.ts';
import { parseStoreLocation } from '../config/store-location.ts';
import { refuseEmptyFlags, usage } from '../config/usage.ts';
import { wholeNumber } from '../config/whole-number.ts';
import { type FabricConfig, parseExecutorsLocation, parseJournalLocation } from '../fabric/fabric-config.ts';
import { HELP } from './help.ts';

/** All that `volley serve` is told from outside, validated. */
export interface ServeConfig {
  readonly host: string;
  readonly port: number;
  readonly access: Access;
  /** Where the token was put that was made for want of one. */
  readonly tokenPath?: string;
  readonly jobsAtOnce: number;
  /** Further locations that jobs may name files of. */
  readonly allow: readonly string[];
  readonly fabric: FabricConfig;
  /** Tables, settings and the state directory, as for all commands. */
  readonly common: Config;
}

export type ServeRequest =
  | { readonly kind: 'serve'; readonly config: ServeConfig }
  | { readonly kind: 'help'; readonly text: string };

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const SHORTEST_TOKEN = 16;

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const FLAGS = {
  host: text,
  port: text,
  allow: texts,
  data: texts,
  table: texts,
  set: texts,
  store: text,
  journal: text,
  executors: text,
  name: text,
  lease: text,
  jobs: text,
  'executor-memory': text,
  'function-concurrency': text,
  insecure: { type: 'boolean' },
  config: text,
  help: { type: 'boolean', short: 'h' },
} as const;

/** Looks a setting of the coordinator up: its flag, then `VOLLEY_...`, then "serve" in the config file. */
type Lookup = (name: string) => string | undefined;

/** Reads the arguments (those from `serve` on), the environment and the config file. Throws `USAGE`, and as `loadConfig` does. */
export function loadServeConfig(argv: readonly string[], variables: Environment = process.env): ServeRequest {
  const environment = setVariables(variables);
  const flags = parseFlags(argv[0] === 'serve' ? argv.slice(1) : argv);
  if (flags.help === true) return { kind: 'help', text: HELP };
  refuseEmptyFlags(flags);
  const { data = [], table = [], set = [], config: path } = flags;
  const common = loadConfig({ data, table, set, ...(path === undefined ? {} : { config: path }) }, environment);
  checkFileKeys(common.serve);
  checkFabric(common);
  const look: Lookup = (name) => {
    const flag = new Map<string, unknown>(Object.entries(flags)).get(name);
    const variable = variableOf(name);
    const told = name === 'port' ? portVariable(environment, variable) : environment[variable];
    const value = flag ?? told ?? new Map(Object.entries(common.serve)).get(name);
    return value === undefined || value === '' ? undefined : String(value);
  };
  const host = look('host') ?? '127.0.0.1';
  const folder = join(common.stateDirectory, 'serve');
  const allow = allowOf(flags.allow, environment, common.serve);
  const access = accessOf(host, flags.insecure ?? false, folder, environment);
  return {
    kind: 'serve',
    config: {
      host,
      port: wholeNumber(look('port') ?? '8080', '--port', 0, 65_535),
      ...access,
      jobsAtOnce: wholeNumber(look('jobs') ?? '4', '--jobs', 1, 1000),
      allow,
      fabric: fabricOf(look, folder, environment, common),
      common,
    },
  };
}

function parseFlags(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: FLAGS }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw usage(`${message} Run volley serve --help to see what it takes.`);
  }
}

/** Its executors are told elsewhere: a fabric that would be passed over is refused. */
function checkFabric({ fabric }: Config): void {
  if (fabric.kind === 'local') return;
  const message = `The fabric "${fabric.kind}" (VOLLEY_FABRIC, or "fabric" in the config file) is for volley sql alone.`;
  throw usage(`${message} volley serve takes --executors, such as --executors lambda:FUNCTION.`);
}

function checkFileKeys(serve: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(serve)) {
    if (!(key in FLAGS) || ['data', 'table', 'set', 'config', 'help', 'insecure'].includes(key)) {
      throw usage(`"serve.${key}" in the config file is no setting of volley serve.`);
    }
    const isPlain = typeof value === 'string' || typeof value === 'number';
    const isList = key === 'allow' && Array.isArray(value) && value.every((item) => typeof item === 'string');
    if (!isPlain && !isList) throw usage(`"serve.${key}" in the config file must be a string or a number.`);
  }
}

function variableOf(name: string): string {
  return `VOLLEY_${name.toUpperCase().replaceAll('-', '_')}`;
}

function allowOf(
  flags: readonly string[] | undefined,
  environment: Environment,
  serve: Readonly<Record<string, unknown>>,
): readonly string[] {
  const file = serve['allow'];
  const fromFile = Array.isArray(file) ? file.map(String) : file === undefined ? [] : [String(file)];
  const fromEnvironment = (environment['VOLLEY_ALLOW'] ?? '').split(',').filter((part) => part !== '');
  return [...fromFile, ...fromEnvironment, ...(flags ?? [])];
}

function fabricOf(look: Lookup, folder: string, environment: Environment, common: Config): FabricConfig {
  const memory = look('executor-memory');
  const [taskKey] = taskKeysOf(environment);
  const endpoint = environment['VOLLEY_LAMBDA_ENDPOINT'];
  const store = look('store') ?? common.store ?? resolve(folder, 'store');
  return {
    // Executors elsewhere are told the same: a path that begins where this process was started would be another one there.
    store: parseStoreLocation(store),
    s3: common.s3,
    journal: parseJournalLocation(look('journal') ?? join(folder, 'journal')),
    executors: parseExecutorsLocation(look('executors') ?? 'local'),
    name: look('name') ?? `${hostname()}-${process.pid}`,
    leaseSeconds: wholeNumber(look('lease') ?? '10', '--lease', 2, 3600),
    etcd: etcdOf(environment),
    ...(taskKey === undefined ? {} : { taskKey }),
    ...(memory === undefined ? {} : { executorMemoryMiB: wholeNumber(memory, '--executor-memory', 128, 1 << 20) }),
    functionConcurrency: wholeNumber(look('function-concurrency') ?? '1000', '--function-concurrency', 1, 100_000),
    region: environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    ...(endpoint === undefined ? {} : { lambdaEndpoint: endpoint }),
  };
}

function etcdOf(environment: Environment): FabricConfig['etcd'] {
  const [ca, certificate, key] = ['CA', 'CERT', 'KEY'].map((name) => pemOf(environment, `VOLLEY_ETCD_${name}`));
  const name = environment['VOLLEY_ETCD_USER'];
  const password = secretOf(environment, 'VOLLEY_ETCD_PASSWORD');
  if ((certificate === undefined) !== (key === undefined)) {
    throw usage('VOLLEY_ETCD_CERT and VOLLEY_ETCD_KEY go together.');
  }
  if (certificate !== undefined && ca === undefined) throw usage('VOLLEY_ETCD_CERT needs VOLLEY_ETCD_CA.');
  const client = certificate === undefined || key === undefined ? {} : { certificate, key };
  return {
    ...(ca === undefined ? {} : { tls: { ca, ...client } }),
    ...(name === undefined || name === '' ? {} : { user: { name, password } }),
  };
}

/**
 * Who may ask. Without a token from outside, one is made and kept in the state directory, for its owner to read. A server that others
 * can reach needs one from outside, which can be told to them.
 */
function accessOf(
  host: string,
  insecure: boolean,
  folder: string,
  environment: Environment,
): Pick<ServeConfig, 'access' | 'tokenPath'> {
  const isLoopback = LOOPBACK.has(host) || host.startsWith('127.');
  const hostNames = isLoopback ? { hostNames: [...LOOPBACK, '[::1]', host] } : {};
  if (insecure) {
    if (!isLoopback) throw usage(`--insecure is for a loopback address, and ${host} is none: set VOLLEY_TOKEN.`);
    return { access: { tokens: [], ...hostNames } };
  }
  const tokens = secretsOf(environment, 'VOLLEY_TOKEN').map(accessToken);
  if (tokens.length > 0) return { access: { tokens, ...hostNames } };
  if (!isLoopback)
    throw usage(`Others can reach ${host}: set VOLLEY_TOKEN or VOLLEY_TOKEN_FILE to the tokens they are to send.`);
  const tokenPath = join(folder, 'token');
  return { access: { tokens: [{ subject: '', token: ownToken(folder, tokenPath) }], ...hostNames }, tokenPath };
}

/** Reads `TOKEN`, of somebody who sees every job, or `SUBJECT=TOKEN`. Signs of equality that end an entry are base64's padding. */
function accessToken(entry: string): AccessToken {
  const [, subject = '', token = entry] = /^([A-Za-z0-9._@-]+)=(?!=*$)(.+)$/.exec(entry) ?? [];
  if (token.length < SHORTEST_TOKEN) throw usage(`A token needs at least ${SHORTEST_TOKEN} characters.`);
  return { subject, token };
}

/** The token of this user's coordinators on this machine; made the first time. */
function ownToken(folder: string, path: string): string {
  try {
    makeFolder(folder, 0o700);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw usage(
      `The folder ${folder} cannot be made: ${reason}. Set VOLLEY_STATE_DIR to a folder that can be written.`,
    );
  }
  try {
    writeFileSync(path, `${randomBytes(24).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    // Any failure but that it is there shows when it is read.
    if (!(cause instanceof Error)) throw cause;
  }
  return readText(path).trim();
}

function pemOf(environment: Environment, name: string): Buffer | undefined {
  const path = environment[name];
  return path ? Buffer.from(readText(path)) : undefined;
}
