import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import {
  type ExecutorConfig,
  FUNCTION_MEMORY_SHARE,
  parseExecutorConfig,
} from '../../coordinator/invoke/executor-protocol.ts';
import { MIN_MEMORY_MIB } from '../../coordinator/settings.ts';
import { isObjectLocation } from '../../engine/scan/object-location.ts';
import { type Environment, listVariable, portVariable, setVariables } from '../config/environment.ts';
import { type S3Settings, s3Environment, s3Settings } from '../config/s3-settings.ts';
import { taskKeysOf } from '../config/secrets.ts';
import { parseStoreLocation } from '../config/store-location.ts';
import { usage, wholeNumber } from '../config/usage.ts';
import { allExecutorsMemoryMiB, readMachine } from '../process/machine.ts';
import { temporaryName } from '../process/temporary-name.ts';

/** One tebibyte. Larger values are assumed to be typing errors. */
const MAX_MEMORY_MIB = 1 << 20;

/** The client of an executor process, and its configuration. */
export type ExecutorMode =
  /** The parent process, over the channel between them. */
  | { readonly kind: 'parent'; readonly config: ExecutorSettings }
  /**
   * AWS Lambda's Runtime API at host and port. `config` is called after startup, so that its errors can be reported to
   * the API.
   */
  | { readonly kind: 'lambda'; readonly api: string; readonly config: () => ExecutorSettings }
  | ({ readonly kind: 'http' } & HttpConfig)
  /** Help was printed. */
  | { readonly kind: 'help' };

/** The configuration of a task runner. */
export interface ExecutorSettings extends ExecutorConfig {
  readonly s3: S3Settings;
}

/** The configuration of a standalone executor. `memoryMiB` is for each of its `concurrency` processes. */
export interface HttpConfig extends ExecutorSettings {
  readonly host: string;
  readonly port: number;
  readonly concurrency: number;
  /** The keys of accepted tasks. */
  readonly keys: readonly Uint8Array[];
  /** The environment variables that its child processes need. */
  readonly childEnvironment: Readonly<Record<string, string>>;
}

/**
 * Reads the arguments and the environment. The arguments may start with the command name `executor`. A JSON object as
 * the first argument comes from a parent. Rejects with `USAGE`. For a Lambda function, `config` throws it instead.
 */
export async function loadExecutorMode(
  argv: readonly string[],
  variables: Environment = process.env,
): Promise<ExecutorMode> {
  const environment = setVariables(variables);
  const api = environment['AWS_LAMBDA_RUNTIME_API'];
  if (api) return { kind: 'lambda', api, config: () => loadFunctionConfig(environment) };
  if (argv[0]?.startsWith('{'))
    return { kind: 'parent', config: { ...parseExecutorConfig(argv[0]), s3: s3Settings(environment) } };
  return httpMode(argv[0] === 'executor' ? argv.slice(1) : argv, environment);
}

/** The configuration of a Lambda function from its environment. Throws `USAGE`. */
export function loadFunctionConfig(variables: Environment = process.env): ExecutorSettings {
  const environment = setVariables(variables);
  const memoryMiB = wholeNumber(environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'], 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 1);
  return {
    storeRoot: storeRoot(environment['VOLLEY_STORE']),
    inputRoots: allowList(listVariable(environment, 'VOLLEY_ALLOW')),
    scratch: scratch(environment['VOLLEY_SCRATCH']),
    memoryMiB: Math.floor(memoryMiB * FUNCTION_MEMORY_SHARE),
    s3: s3Settings(environment),
  };
}

async function httpMode(argv: readonly string[], environment: Environment): Promise<ExecutorMode> {
  // Loaded on demand: child processes and Lambda functions have no flags and must start fast.
  const { parseExecutorFlags } = await import('./command.ts');
  const flags = parseExecutorFlags(argv);
  if (flags === undefined) return { kind: 'help' };
  const concurrency = wholeNumber(
    flags.concurrency ?? environment['VOLLEY_EXECUTOR_CONCURRENCY'] ?? '1',
    '--concurrency',
    1,
  );
  const share = String(Math.floor(allExecutorsMemoryMiB(readMachine()) / concurrency));
  // Reject invalid S3 settings at start, not at the first task of each process.
  const s3 = s3Settings(environment);
  const store = storeRoot(flags.store ?? environment['VOLLEY_STORE']);
  const allowed = allowList(flags.allow ?? listVariable(environment, 'VOLLEY_ALLOW'));
  return {
    kind: 'http',
    host: flags.host ?? environment['VOLLEY_EXECUTOR_HOST'] ?? '127.0.0.1',
    port: wholeNumber(flags.port ?? portVariable(environment, 'VOLLEY_EXECUTOR_PORT') ?? '8080', '--port', 0, 65_535),
    concurrency,
    keys: taskKeys(environment),
    storeRoot: store,
    inputRoots: allowed,
    s3,
    childEnvironment: [store, ...allowed].some(isObjectLocation) ? s3Environment(environment) : {},
    scratch: scratch(flags.scratch ?? environment['VOLLEY_SCRATCH']),
    memoryMiB: wholeNumber(
      flags.memory ?? environment['VOLLEY_EXECUTOR_MEMORY'] ?? share,
      '--memory',
      MIN_MEMORY_MIB,
      MAX_MEMORY_MIB,
    ),
  };
}

function taskKeys(environment: Environment): readonly Uint8Array[] {
  const keys = taskKeysOf(environment);
  if (keys.length > 0) return keys;
  throw usage('An executor accepts only signed tasks. Set VOLLEY_TASK_KEY or VOLLEY_TASK_KEY_FILE.');
}

function storeRoot(text: string | undefined): string {
  if (!text) throw usage('An executor needs an object store. Set --store or VOLLEY_STORE.');
  parseStoreLocation(text);
  return text;
}

function allowList(paths: readonly string[]): readonly string[] {
  const named = paths.map((path) => path.trim()).filter((path) => path !== '');
  for (const path of named) {
    if (isObjectLocation(path)) parseStoreLocation(path);
    else if (!isAbsolute(path)) {
      throw usage(`--allow must be an absolute path or s3://bucket/prefix, not "${path}".`);
    }
  }
  return named;
}

/**
 * Returns a folder that only this process uses, because a runner empties it. The process id alone is not unique among
 * containers that share a volume.
 */
function scratch(parent: string | undefined): string {
  if (parent !== undefined && !isAbsolute(parent)) throw usage(`--scratch must be an absolute path, not "${parent}".`);
  return join(parent ?? tmpdir(), `volley-executor-${temporaryName()}`);
}
