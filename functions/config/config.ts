import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { checkJson } from '../../coordinator/check-json.ts';
import { RESULT_FORMATS, type ResultFormat } from '../../coordinator/front/result/format.ts';
import { closedObject, firstProblem, mapOf } from '../../coordinator/schemas.ts';
import {
  defaultSettings,
  SETTING_NAMES,
  type Settings,
  withSetting,
  withSettings,
} from '../../coordinator/settings.ts';
import { FabricError } from '../../engine/errors.ts';
import { type Environment, listVariable, setVariables } from './environment.ts';
import {
  DEFAULT_LIMITS,
  type FabricChoice,
  fabricChoice,
  functionSize,
  type LambdaLimits,
  lambdaSchema,
} from './fabric-choice.ts';
import { isHomePath, locationSchema, pathsSchema } from './path-schemas.ts';
import { type S3Access, s3Access } from './s3-settings.ts';
import { locationText, parseStoreLocation, type StoreLocation } from './store-location.ts';
import { usage } from './usage.ts';

/** A table that the user named, and one location of its files. Repeating a name adds files. */
interface TableLocation {
  readonly name: string;
  readonly location: string;
}

/**
 * The configuration of a command from flags, environment and config file, validated. `volley serve` adds further values
 * (`functions/serve/config.ts`). Executors have a separate configuration (`functions/executor/config.ts`).
 */
export interface Config {
  /** The folder for journals, objects and scratch files of runs. */
  readonly stateDirectory: string;
  /** The store for the objects of jobs: an absolute path or `s3://bucket/prefix`. Defaults to the run's own folder. */
  readonly store?: string;
  readonly s3: S3Access;
  /** Folders or files whose contents become tables. */
  readonly data: readonly string[];
  readonly tables: readonly TableLocation[];
  readonly settings: Settings;
  /** The fabric that the jobs of this process run on. */
  readonly fabric: FabricChoice;
  /** `table` by default, on a terminal and in a pipe. */
  readonly format: ResultFormat;
  readonly outputPath?: string;
  readonly explain: boolean;
  readonly quiet: boolean;
  /** Prints the summary even if stderr is not a terminal, and even with `quiet`. */
  readonly summary: boolean;
  /** The "serve" section of the config file, which `volley serve` validates. */
  readonly serve: Readonly<Record<string, unknown>>;
  /** The config file, if there is one. */
  readonly configPath?: string;
  /** The file with the prompt's history. */
  readonly historyPath: string;
}

/** Flag values by flag name. */
export interface Flags {
  readonly data?: readonly string[];
  readonly table?: readonly string[];
  readonly set?: readonly string[];
  readonly fabric?: string;
  readonly format?: string;
  readonly output?: string;
  readonly explain?: boolean;
  readonly quiet?: boolean;
  readonly summary?: boolean;
  readonly config?: string;
  readonly store?: string;
}

/** The content of a config file, validated. */
interface FileConfig {
  readonly data: readonly string[];
  readonly tables: readonly TableLocation[];
  readonly settings: readonly (readonly [string, string])[];
  readonly format?: string;
  readonly quiet: boolean;
  readonly path?: string;
  readonly serve: Readonly<Record<string, unknown>>;
  readonly fabric?: string;
  readonly lambda: LambdaLimits;
  readonly store?: string;
}

const NO_FILE: FileConfig = {
  data: [],
  tables: [],
  settings: [],
  quiet: false,
  serve: {},
  lambda: DEFAULT_LIMITS,
};

/**
 * Merges flags, environment and config file into one `Config`: flags override `VOLLEY_...` variables, which override the file. Throws
 * `USAGE`, `UNKNOWN_SETTING` and `INVALID_SETTING`.
 */
export function loadConfig(flags: Flags, variables: Environment = process.env): Config {
  const environment = setVariables(variables);
  const file = loadFile(flags.config ?? environment['VOLLEY_CONFIG'], environment);
  const fromEnvironment = SETTING_NAMES.flatMap((name) => {
    const value = environment[`VOLLEY_${name.toUpperCase()}`];
    return value === undefined ? [] : [[name, value] as const];
  });
  const fromFlags = (flags.set ?? []).map((text) => splitPair(text, '--set', 'KEY=VALUE'));
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const output = flags.output;
  const ownStore = flags.store ?? environment['VOLLEY_STORE'];
  const store = ownStore === undefined ? storeIn(file) : parseStoreLocation(ownStore);
  const fileSettings = file.settings.reduce(
    (before, [name, value]) => fromFile(file.path, `settings.${name}`, () => withSetting(before, name, value)),
    defaultSettings(timeZone),
  );
  const settings = withSettings(fileSettings, [...fromEnvironment, ...fromFlags]);
  const ownFabric = flags.fabric ?? environment['VOLLEY_FABRIC'];
  const fabric =
    ownFabric === undefined
      ? fromFile(file.path, 'fabric', () => fabricChoice(file.fabric || 'local', file.lambda))
      : fabricChoice(ownFabric, file.lambda);
  const ownFormat = flags.format ?? environment['VOLLEY_FORMAT'];
  // Rejects an unavailable memory size at start, not at the first query.
  if (fabric.kind === 'lambda') functionSize(fabric.limits, settings.memoryMiB);
  return {
    stateDirectory: stateDirectory(environment),
    ...(store === undefined ? {} : { store: locationText(store) }),
    s3: s3Access(environment),
    data: [...file.data, ...listVariable(environment, 'VOLLEY_DATA'), ...(flags.data ?? [])],
    tables: [...file.tables, ...(flags.table ?? []).map((text) => tableLocation(text))],
    settings,
    fabric,
    format:
      ownFormat === undefined
        ? fromFile(file.path, 'format', () => resultFormat(file.format ?? 'table'))
        : resultFormat(ownFormat),
    ...(output === undefined ? {} : { outputPath: resolve(output) }),
    explain: flags.explain ?? false,
    quiet: flags.quiet ?? file.quiet,
    summary: flags.summary ?? false,
    serve: file.serve,
    ...(file.path === undefined ? {} : { configPath: file.path }),
    historyPath: join(stateDirectory(environment), 'history'),
  };
}

/**
 * Reads a value of the config file at `path`. If `read` throws, the error also names the key and the file. Without a
 * file, the value is a default.
 */
export function fromFile<Value>(path: string | undefined, key: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (path === undefined || !(error instanceof FabricError)) throw error;
    const message = `${error.message} The value is "${key}" in the config file ${path}.`;
    throw new FabricError(error.code, message, { details: error.details, cause: error });
  }
}

/** Returns whether errors show stack traces. Works even if loading the config fails. */
export function isDebugging(): boolean {
  return isOn(process.env['VOLLEY_DEBUG']);
}

/** Returns the version of this build, or `0.0.0-source` if run from source. */
export function buildVersion(): string {
  // The bundler replaces this expression.
  return process.env['VOLLEY_BUILD_VERSION'] ?? '0.0.0-source';
}

const isOn = (value: string | undefined): boolean => value !== undefined && !['', '0', 'false', 'off'].includes(value);

function stateDirectory(environment: Environment): string {
  const own = environment['VOLLEY_STATE_DIR'];
  if (own) return resolve(own);
  const base = environment['XDG_STATE_HOME'];
  // The XDG specification requires relative paths to be ignored.
  if (base?.startsWith('/')) return join(base, 'volley');
  const home = homeFolder(environment);
  if (home === undefined) throw usage('There is no home directory. Set VOLLEY_STATE_DIR or HOME to an absolute path.');
  return join(home, '.local', 'state', 'volley');
}

/** Returns the user's home directory: `HOME`, or if that is unset or relative, the directory in the user database. */
function homeFolder({ HOME: home }: Environment): string | undefined {
  if (home !== undefined && isAbsolute(home)) return home;
  try {
    return userInfo().homedir;
  } catch {
    // The user of a container may have no entry.
    return undefined;
  }
}

function splitPair(text: string, flag: string, form: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw usage(`${flag} must have the form ${form}, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function tableLocation(text: string): TableLocation {
  const [name, location] = splitPair(text, '--table', 'NAME=PATH');
  if (location === '') throw usage(`--table ${text} has no path. Write --table NAME=PATH.`);
  return { name, location };
}

function resultFormat(text: string): ResultFormat {
  const format = RESULT_FORMATS.find((name) => name === text.toLowerCase());
  if (format === undefined) throw usage(`Unknown format "${text}". Valid formats: ${RESULT_FORMATS.join(', ')}.`);
  return format;
}

function loadFile(named: string | undefined, environment: Environment): FileConfig {
  const base = environment['XDG_CONFIG_HOME'];
  const folder = base?.startsWith('/') ? base : join(homeFolder(environment) ?? '/', '.config');
  const defaultPath = join(folder, 'volley', 'config.json');
  if (named === undefined && !existsSync(defaultPath)) return NO_FILE;
  const path = resolve(named ?? defaultPath);
  let content: unknown;
  try {
    const text = readFileSync(path, 'utf8');
    content = JSON.parse(text);
    checkJson(text, 'file', usage);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FabricError('USAGE', `The config file ${path} cannot be read: ${reason}`, { cause });
  }
  const parsed = fileSchema().safeParse(content);
  if (!parsed.success) throw usage(`The config file ${path} is invalid: ${firstProblem(parsed.error)}.`);
  return { ...inFolder(dirname(path), parsed.data), path };
}

/**
 * The schema of a config file. Built only when a file is read, because a query without a config file must start fast.
 */
function fileSchema() {
  const paths = pathsSchema();
  const tablePaths = z.pipe(
    paths,
    z.array(z.string()).check(z.minLength(1, 'has no paths. Add one, or remove the table')),
  );
  const setting = z.pipe(z.union([z.string(), z.number()], 'must be a string or a number'), z.transform(String));
  return closedObject(
    {
      data: z.optional(paths),
      tables: z.optional(mapOf(tablePaths, 'must be an object that maps names to paths')),
      settings: z.optional(mapOf(setting, 'must be an object')),
      format: z.optional(z.string('must be a string')),
      quiet: z.optional(z.boolean('must be true or false')),
      serve: z.optional(z.record(z.string(), z.unknown(), 'must be an object')),
      store: z.optional(locationSchema()),
      fabric: z.optional(z.string('must be a string')),
      lambda: z.optional(lambdaSchema()),
    },
    'the file must contain one JSON object',
  );
}

/** Returns the store that the config file names. */
function storeIn({ path, store }: FileConfig): StoreLocation | undefined {
  return store === undefined ? undefined : fromFile(path, 'store', () => parseStoreLocation(store));
}

/** Resolves the paths in a config file against the file's folder. */
function inFolder(folder: string, content: z.output<ReturnType<typeof fileSchema>>): FileConfig {
  const { format, fabric, store } = content;
  const input = (location: string): string => (location.includes('://') ? location : resolve(folder, location));
  return {
    data: (content.data ?? []).map(input),
    tables: [...(content.tables ?? [])].flatMap(([name, locations]) =>
      locations.map((location) => ({ name, location: input(location) })),
    ),
    settings: [...(content.settings ?? [])],
    ...(format === undefined ? {} : { format }),
    serve: serveIn(folder, content.serve ?? {}),
    quiet: content.quiet ?? false,
    ...(fabric === undefined ? {} : { fabric }),
    lambda: content.lambda ?? DEFAULT_LIMITS,
    ...(store === undefined ? {} : { store: pathIn(folder, store) }),
  };
}

/** The members of "serve" that hold locations. */
const SERVE_LOCATIONS = ['allow', 'journal', 'store'];

/**
 * Resolves a path against a folder. Locations with a scheme, empty locations and paths under `~` stay unchanged, because
 * their parsers validate them.
 */
function pathIn(folder: string, text: string): string {
  return text === '' || isHomePath(text) || /^[a-z][a-z0-9+.-]+:/i.test(text) ? text : resolve(folder, text);
}

/**
 * Resolves the paths in "serve" against a folder. Values of the wrong type stay unchanged, and `volley serve` rejects
 * them.
 */
function serveIn(folder: string, serve: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const located = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(located);
    return typeof value === 'string' ? pathIn(folder, value) : value;
  };
  const entries = Object.entries(serve);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, SERVE_LOCATIONS.includes(key) ? located(value) : value]),
  );
}
