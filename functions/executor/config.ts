import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type ExecutorConfig,
  FUNCTION_MEMORY_SHARE,
  parseExecutorConfig,
} from '../../coordinator/invoke/executor-protocol.ts';
import { LEAST_MEMORY_MIB } from '../../coordinator/settings.ts';
import { isObjectLocation } from '../../engine/scan/object-location.ts';
import { type Environment, setVariables } from '../config/environment.ts';
import { portVariable } from '../config/port-variable.ts';
import { type S3Settings, s3Environment, s3Settings } from '../config/s3-settings.ts';
import { taskKeysOf } from '../config/secrets.ts';
import { parseStoreLocation } from '../config/store-location.ts';
import { refuseEmptyFlags, usage } from '../config/usage.ts';
import { wholeNumber } from '../config/whole-number.ts';
import { allExecutorsMemoryMiB, readMachine } from '../process/machine.ts';

/** More is a slip of the keyboard: a tebibyte. */
const MOST_MEMORY_MIB = 1 << 20;

/** Whom an executor process serves, and all it is told from outside. */
export type ExecutorMode =
  /** The process that forked it, over their channel. */
  | { readonly kind: 'parent'; readonly config: ExecutorSettings }
  /** AWS Lambda's Runtime API at host and port. Its configuration is read once the API can be told that it is wrong. */
  | { readonly kind: 'lambda'; readonly api: string; readonly config: () => ExecutorSettings }
  | ({ readonly kind: 'http' } & HttpConfig)
  | { readonly kind: 'help'; readonly text: string };

/** What runs tasks is told. */
export interface ExecutorSettings extends ExecutorConfig {
  readonly s3: S3Settings;
}

/** A standalone executor. `memoryMiB` is what each of its `concurrency` processes may use. */
export interface HttpConfig extends ExecutorSettings {
  readonly host: string;
  readonly port: number;
  readonly concurrency: number;
  /** Whose tasks it takes. */
  readonly keys: readonly Uint8Array[];
  /** What its processes need of this one's environment. */
  readonly childEnvironment: Readonly<Record<string, string>>;
}

const HELP = `Usage: volley executor [flags]

One executor: takes signed tasks over HTTP, or, where AWS_LAMBDA_RUNTIME_API is set, serves as a Lambda function.

  --store LOCATION      the object store: an absolute path or s3://bucket/prefix (VOLLEY_STORE)
  --allow LOCATION      a folder or file that tasks may read, or s3://bucket/prefix; repeatable (VOLLEY_ALLOW, separated by commas)
  --host HOST           where to listen (VOLLEY_EXECUTOR_HOST, default 127.0.0.1)
  --port PORT           0 for any (VOLLEY_EXECUTOR_PORT, default 8080)
  --concurrency N       tasks at once, each in a process of its own (VOLLEY_EXECUTOR_CONCURRENCY, default 1)
  --memory MIB          memory of each of these (VOLLEY_EXECUTOR_MEMORY, default: their share of the machine's)
  --scratch FOLDER      where tasks spill to (VOLLEY_SCRATCH, default: a new one in the system's temporary folder)

Tasks must be signed with the key in VOLLEY_TASK_KEY, or in the file that VOLLEY_TASK_KEY_FILE names; several keys are separated by commas or line breaks.
S3 is AWS's own, or that of VOLLEY_S3_ENDPOINT, in the region VOLLEY_S3_REGION; credentials are found as the AWS SDK finds them.
`;

/**
 * Reads the arguments (those of the process, or of `volley` from `executor` on) and the environment. A JSON object as the only argument
 * is a parent's. Throws `USAGE`, in `config` where the executor is a Lambda function.
 */
export function loadExecutorMode(argv: readonly string[], variables: Environment = process.env): ExecutorMode {
  const environment = setVariables(variables);
  const api = environment['AWS_LAMBDA_RUNTIME_API'];
  if (api) return { kind: 'lambda', api, config: () => loadFunctionConfig(environment) };
  if (argv[0]?.startsWith('{'))
    return { kind: 'parent', config: { ...parseExecutorConfig(argv[0]), s3: s3Settings(environment) } };
  return httpMode(argv[0] === 'executor' ? argv.slice(1) : argv, environment);
}

/** What a Lambda function is told by its environment. Throws `USAGE`. */
export function loadFunctionConfig(variables: Environment = process.env): ExecutorSettings {
  const environment = setVariables(variables);
  const memoryMiB = wholeNumber(environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'], 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 1);
  return {
    storeRoot: storeRoot(environment['VOLLEY_STORE']),
    inputRoots: allowList(environment['VOLLEY_ALLOW']?.split(',') ?? []),
    scratch: scratch(environment['VOLLEY_SCRATCH']),
    memoryMiB: Math.floor(memoryMiB * FUNCTION_MEMORY_SHARE),
    s3: s3Settings(environment),
  };
}

function httpMode(argv: readonly string[], environment: Environment): ExecutorMode {
  const flags = parseFlags(argv);
  if (flags.help) return { kind: 'help', text: HELP };
  refuseEmptyFlags(flags);
  const concurrency = wholeNumber(
    flags.concurrency ?? environment['VOLLEY_EXECUTOR_CONCURRENCY'] ?? '1',
    '--concurrency',
    1,
  );
  const share = String(Math.floor(allExecutorsMemoryMiB(readMachine()) / concurrency));
  // Said here, and not by the first task of each process.
  const s3 = s3Settings(environment);
  const store = storeRoot(flags.store ?? environment['VOLLEY_STORE']);
  const allowed = allowList(flags.allow ?? environment['VOLLEY_ALLOW']?.split(',') ?? []);
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
      LEAST_MEMORY_MIB,
      MOST_MEMORY_MIB,
    ),
  };
}

function parseFlags(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        store: text,
        allow: { type: 'string', multiple: true },
        host: text,
        port: text,
        concurrency: text,
        memory: text,
        scratch: text,
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause));
  }
}

function taskKeys(environment: Environment): readonly Uint8Array[] {
  const keys = taskKeysOf(environment);
  if (keys.length > 0) return keys;
  throw usage('An executor takes signed tasks only: set VOLLEY_TASK_KEY or VOLLEY_TASK_KEY_FILE.');
}

function storeRoot(text: string | undefined): string {
  if (!text) throw usage('An executor needs an object store: --store or VOLLEY_STORE.');
  parseStoreLocation(text);
  return text;
}

function allowList(paths: readonly string[]): readonly string[] {
  const named = paths.map((path) => path.trim()).filter((path) => path !== '');
  for (const path of named) {
    if (isObjectLocation(path)) parseStoreLocation(path);
    else if (!isAbsolute(path)) {
      throw usage(`What tasks may read is given by absolute paths and s3://bucket/prefix, not "${path}".`);
    }
  }
  return named;
}

/** A folder of this process alone: a runner empties it. In containers that share a volume every process may have the same id. */
function scratch(parent: string | undefined): string {
  if (parent !== undefined && !isAbsolute(parent)) throw usage(`--scratch takes an absolute path, not "${parent}".`);
  return join(parent ?? tmpdir(), `volley-executor-${process.pid}-${randomBytes(4).toString('hex')}`);
}
