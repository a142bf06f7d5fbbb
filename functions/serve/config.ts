import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Access, AccessToken } from '../../coordinator/front/http/access.ts';
import { closedObject, firstProblem } from '../../coordinator/schemas.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import { checkCommand, runCommand } from '../config/command.ts';
import { type Config, fromFile, loadConfig } from '../config/config.ts';
import { type Environment, listVariable, portVariable, setVariables } from '../config/environment.ts';
import { locationSchema, pathsSchema } from '../config/path-schemas.ts';
import { readText, secretOf, secretsOf, taskKeysOf } from '../config/secrets.ts';
import { parseStoreLocation } from '../config/store-location.ts';
import { usage, wholeNumber } from '../config/usage.ts';
import { type FabricConfig, parseExecutorsConfig, parseJournalLocation } from '../fabric/fabric-config.ts';
import { serveCommand } from './command.ts';

/** The configuration of `volley serve`, validated. */
export interface ServeConfig {
  readonly host: string;
  readonly port: number;
  readonly access: Access;
  /** The file with the generated token. Absent if tokens are configured. */
  readonly tokenPath?: string;
  readonly jobsAtOnce: number;
  /** Further locations whose files jobs may read by name. */
  readonly allow: readonly string[];
  readonly fabric: FabricConfig;
  /** Tables, settings and the state directory, as for all commands. */
  readonly common: Config;
}

export type ServeRequest =
  | { readonly kind: 'serve'; readonly config: ServeConfig }
  /** Help was printed. */
  | { readonly kind: 'help' };

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const SHORTEST_TOKEN = 16;

/** Coordinator settings with a flag, a variable and a name under "serve". */
const NAMES = [
  'host',
  'port',
  'store',
  'journal',
  'executors',
  'name',
  'lease',
  'jobs',
  'executor-memory',
  'function-concurrency',
] as const;

/** Looks up a value from the flag, then `VOLLEY_...`, then "serve" in the config file. */
type Lookup = (name: (typeof NAMES)[number]) => string | undefined;

/** Parses the value that `Lookup` finds, or else the default. An error about a value in the config file names the file. */
type Read = <Value>(name: (typeof NAMES)[number], otherwise: string, parse: (text: string) => Value) => Value;

/** The flags of `volley serve` that are not among `NAMES`. */
interface OtherFlags {
  readonly allow?: readonly string[];
  readonly data?: readonly string[];
  readonly table?: readonly string[];
  readonly set?: readonly string[];
  readonly insecure?: boolean;
  readonly config?: string;
}

/**
 * Reads the arguments, which may start with the command name `serve`, the environment and the config file. Throws
 * `USAGE`, and as `loadConfig` does.
 */
export function loadServeConfig(argv: readonly string[], variables: Environment = process.env): ServeRequest {
  const environment = setVariables(variables);
  const command = serveCommand();
  if (!runCommand(command, argv[0] === 'serve' ? argv.slice(1) : argv)) return { kind: 'help' };
  checkCommand(command);
  const { data = [], table = [], set = [], insecure = false, allow, config: path } = command.opts<OtherFlags>();
  const common = loadConfig({ data, table, set, ...(path === undefined ? {} : { config: path }) }, environment);
  const section = parseSection(common);
  checkFabric(common);
  const lookOutside = (name: (typeof NAMES)[number]): unknown => {
    const variable = variableOf(name);
    const fromEnvironment = name === 'port' ? portVariable(environment, variable) : environment[variable];
    return command.getOptionValue(attributeName(name)) ?? fromEnvironment;
  };
  const look: Lookup = (name) => {
    const value = lookOutside(name) ?? section[name];
    return value === undefined || value === '' ? undefined : String(value);
  };
  const read: Read = (name, otherwise, parse) => {
    const parseValue = () => parse(look(name) ?? otherwise);
    const isInFile = lookOutside(name) === undefined && look(name) !== undefined;
    return isInFile ? fromFile(common.configPath, `serve.${name}`, parseValue) : parseValue();
  };
  const host = look('host') ?? '127.0.0.1';
  const folder = join(common.stateDirectory, 'serve');
  const allowed = [...(section.allow ?? []), ...listVariable(environment, 'VOLLEY_ALLOW'), ...(allow ?? [])];
  const access = accessOf(host, insecure, folder, environment);
  return {
    kind: 'serve',
    config: {
      host,
      port: read('port', '8080', (text) => wholeNumber(text, '--port', 0, 65_535)),
      ...access,
      jobsAtOnce: read('jobs', '4', (text) => wholeNumber(text, '--jobs', 1, 1000)),
      allow: allowed,
      fabric: fabricOf(look, read, folder, environment, common),
      common,
    },
  };
}

/** Returns the name under which commander stores the value of a flag. */
function attributeName(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Rejects a configured fabric, which would have no effect. `--executors` chooses the executors of a coordinator. */
function checkFabric({ fabric }: Config): void {
  if (fabric.kind === 'local') return;
  const message = `The fabric "${fabric.kind}" (VOLLEY_FABRIC, or "fabric" in the config file) is for volley sql only.`;
  throw usage(`${message} For volley serve, use --executors, for example --executors lambda:FUNCTION.`);
}

/** Validates "serve" of a config file. Throws `USAGE`. */
function parseSection({ serve, configPath }: Config) {
  const plain = z.optional(z.union([z.string(), z.number()], 'must be a string or a number'));
  const section = closedObject(
    {
      host: plain,
      port: plain,
      allow: z.optional(pathsSchema()),
      store: z.optional(locationSchema()),
      journal: z.optional(locationSchema()),
      executors: plain,
      name: plain,
      lease: plain,
      jobs: plain,
      'executor-memory': plain,
      'function-concurrency': plain,
    },
    'must be an object',
  );
  const parsed = z.object({ serve: section }).safeParse({ serve });
  if (parsed.success) return parsed.data.serve;
  throw usage(`The config file ${configPath} is invalid: ${firstProblem(parsed.error)}.`);
}

function variableOf(name: string): string {
  return `VOLLEY_${name.toUpperCase().replaceAll('-', '_')}`;
}

function fabricOf(look: Lookup, read: Read, folder: string, environment: Environment, common: Config): FabricConfig {
  const hasMemory = look('executor-memory') !== undefined;
  const memoryOf = (text: string) => wholeNumber(text, '--executor-memory', 128, 1 << 20);
  const [taskKey] = taskKeysOf(environment);
  const endpoint = environment['VOLLEY_LAMBDA_ENDPOINT'];
  return {
    // Relative paths are rejected, because remote executors would resolve the same path to a different folder.
    store: read('store', common.store ?? resolve(folder, 'store'), parseStoreLocation),
    s3: common.s3,
    journal: read('journal', join(folder, 'journal'), parseJournalLocation),
    executors: read('executors', 'local', parseExecutorsConfig),
    name: look('name') ?? `${hostname()}-${process.pid}`,
    leaseSeconds: read('lease', '10', (text) => wholeNumber(text, '--lease', 2, 3600)),
    etcd: etcdOf(environment),
    ...(taskKey === undefined ? {} : { taskKey }),
    ...(hasMemory ? { executorMemoryMiB: read('executor-memory', '', memoryOf) } : {}),
    functionConcurrency: read('function-concurrency', '1000', (text) =>
      wholeNumber(text, '--function-concurrency', 1, 100_000),
    ),
    region: environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    ...(endpoint === undefined ? {} : { lambdaEndpoint: endpoint }),
  };
}

function etcdOf(environment: Environment): FabricConfig['etcd'] {
  const [ca, certificate, key] = ['CA', 'CERT', 'KEY'].map((name) => pemOf(environment, `VOLLEY_ETCD_${name}`));
  const name = environment['VOLLEY_ETCD_USER'];
  const password = secretOf(environment, 'VOLLEY_ETCD_PASSWORD');
  if ((certificate === undefined) !== (key === undefined)) {
    throw usage('VOLLEY_ETCD_CERT and VOLLEY_ETCD_KEY must be set together.');
  }
  if (certificate !== undefined && ca === undefined) throw usage('VOLLEY_ETCD_CERT requires VOLLEY_ETCD_CA.');
  const client = certificate === undefined || key === undefined ? {} : { certificate, key };
  return {
    ...(ca === undefined ? {} : { tls: { ca, ...client } }),
    ...(name === undefined || name === '' ? {} : { user: { name, password } }),
  };
}

/**
 * The accepted tokens. If none are configured, one is generated and kept in the state directory, readable only by its
 * owner. A server that other machines can reach requires configured tokens.
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
    if (!isLoopback)
      throw usage(
        `--insecure requires a loopback address, and ${host} is not one. Omit --insecure and set VOLLEY_TOKEN.`,
      );
    return { access: { tokens: [], ...hostNames } };
  }
  const tokens = secretsOf(environment, 'VOLLEY_TOKEN').map(accessToken);
  if (tokens.length > 0) return { access: { tokens, ...hostNames } };
  if (!isLoopback)
    throw usage(
      `Other machines can reach ${host}. Set VOLLEY_TOKEN or VOLLEY_TOKEN_FILE to the tokens of its clients.`,
    );
  const tokenPath = join(folder, 'token');
  return { access: { tokens: [{ subject: '', token: ownToken(folder, tokenPath) }], ...hostNames }, tokenPath };
}

/**
 * Parses `TOKEN`, which gives access to every job, or `SUBJECT=TOKEN`. Equals signs at the end of an entry are base64
 * padding.
 */
function accessToken(entry: string): AccessToken {
  const [, subject = '', token = entry] = /^([A-Za-z0-9._@-]+)=(?!=*$)(.+)$/.exec(entry) ?? [];
  if (token.length < SHORTEST_TOKEN)
    throw usage(`A token must have at least ${SHORTEST_TOKEN} characters. Generate one with openssl rand -base64 16.`);
  return { subject, token };
}

/** Returns the token of this user's coordinators on this machine, which is generated at the first start. */
function ownToken(folder: string, path: string): string {
  try {
    makeFolder(folder, 0o700);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw usage(`The folder ${folder} cannot be created: ${reason}. Set VOLLEY_STATE_DIR to a writable folder.`);
  }
  try {
    writeFileSync(path, `${randomBytes(24).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    // The file usually exists. Any other error appears when the file is read.
    if (!(cause instanceof Error)) throw cause;
  }
  return readText(path).trim();
}

function pemOf(environment: Environment, name: string): Buffer | undefined {
  const path = environment[name];
  return path ? Buffer.from(readText(path)) : undefined;
}
