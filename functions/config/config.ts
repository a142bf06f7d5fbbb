import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { RESULT_FORMATS, type ResultFormat } from '../../coordinator/front/result/format.ts';
import { defaultSettings, SETTING_NAMES, type Settings, withSettings } from '../../coordinator/settings.ts';
import { FabricError } from '../../engine/errors.ts';
import { type Environment, setVariables } from './environment.ts';
import { type FabricChoice, fabricChoice, functionSize } from './fabric-choice.ts';
import { type S3Access, s3Access } from './s3-settings.ts';
import { locationText, parseStoreLocation } from './store-location.ts';
import { usage } from './usage.ts';

/** A table the user named, and one place its files are. The same name again adds files. */
interface TableLocation {
  readonly name: string;
  readonly location: string;
}

/**
 * What commands are told from outside, validated: flags, environment and config file. `volley serve` adds its own
 * (`functions/serve/config.ts`); an executor reads another configuration (`functions/executor/config.ts`).
 */
export interface Config {
  /** Where runs keep their journals, objects and scratch files. */
  readonly stateDirectory: string;
  /** Where jobs keep their objects: an absolute path or `s3://bucket/prefix`. In the run's own folder where it is not given. */
  readonly store?: string;
  readonly s3: S3Access;
  /** Folders (or files) whose content becomes tables. */
  readonly data: readonly string[];
  readonly tables: readonly TableLocation[];
  readonly settings: Settings;
  /** What the jobs of this process run on. */
  readonly fabric: FabricChoice;
  /** `table` unless something else was said, on a terminal and in a pipe alike. */
  readonly format: ResultFormat;
  readonly outputPath?: string;
  readonly explain: boolean;
  readonly quiet: boolean;
  /** Sums up what ran also where stderr is no terminal, and where `quiet` says otherwise. */
  readonly summary: boolean;
  /** What the config file says of `volley serve`, for that to check. */
  readonly serve: Readonly<Record<string, unknown>>;
  /** What the REPL remembers of former sessions. */
  readonly historyPath: string;
}

/** What was given on the command line; the names are those of the flags. */
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

/** What a config file may hold. */
interface FileConfig {
  readonly data: readonly string[];
  readonly tables: readonly TableLocation[];
  readonly settings: readonly (readonly [string, string])[];
  readonly format?: string;
  readonly quiet: boolean;
  readonly serve: Readonly<Record<string, unknown>>;
  readonly fabric?: string;
  /** What it says of Lambda's limits, not looked at yet. */
  readonly lambda: unknown;
  readonly store?: string;
}

const NO_FILE: FileConfig = { data: [], tables: [], settings: [], quiet: false, serve: {}, lambda: {} };

/**
 * Joins flags, environment and config file into one `Config`: flags before `VOLLEY_...` before the file. Throws `USAGE`,
 * `UNKNOWN_SETTING` and `INVALID_SETTING`.
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
  const store = flags.store ?? environment['VOLLEY_STORE'] ?? file.store;
  const settings = withSettings(defaultSettings(timeZone), [...file.settings, ...fromEnvironment, ...fromFlags]);
  const fabric = fabricChoice(flags.fabric ?? environment['VOLLEY_FABRIC'] ?? (file.fabric || 'local'), file.lambda);
  // What no function can have is wrong from the start, not when it is first needed.
  if (fabric.kind === 'lambda') functionSize(fabric.limits, settings.memoryMiB);
  return {
    stateDirectory: stateDirectory(environment),
    ...(store === undefined ? {} : { store: locationText(parseStoreLocation(store)) }),
    s3: s3Access(environment),
    data: [...file.data, ...listed(environment['VOLLEY_DATA']), ...(flags.data ?? [])],
    tables: [...file.tables, ...(flags.table ?? []).map((text) => tableLocation(text))],
    settings,
    fabric,
    format: resultFormat(flags.format ?? environment['VOLLEY_FORMAT'] ?? file.format ?? 'table'),
    ...(output === undefined ? {} : { outputPath: resolve(output) }),
    explain: flags.explain ?? false,
    quiet: flags.quiet ?? file.quiet,
    summary: flags.summary ?? false,
    serve: file.serve,
    historyPath: join(stateDirectory(environment), 'history'),
  };
}

/** Whether errors are shown with their stack traces: needed before a config could be loaded. */
export function isDebugging(): boolean {
  return isOn(process.env['VOLLEY_DEBUG']);
}

/** The version of this build; run from source, `0.0.0-source`. */
export function buildVersion(): string {
  // The bundler puts the version in place of this expression.
  return process.env['VOLLEY_BUILD_VERSION'] ?? '0.0.0-source';
}

const isOn = (value: string | undefined): boolean => value !== undefined && !['', '0', 'false', 'off'].includes(value);

/** Several places in one variable, one to a comma. */
const listed = (value: string | undefined): string[] => (value ?? '').split(',').filter((part) => part !== '');

function stateDirectory(environment: Environment): string {
  const own = environment['VOLLEY_STATE_DIR'];
  if (own) return resolve(own);
  const base = environment['XDG_STATE_HOME'];
  // The XDG specification says that relative paths are to be ignored.
  return join(base?.startsWith('/') ? base : join(homedir(), '.local', 'state'), 'volley');
}

function splitPair(text: string, flag: string, form: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw usage(`${flag} takes ${form}, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function tableLocation(text: string): TableLocation {
  const [name, location] = splitPair(text, '--table', 'NAME=PATH');
  if (location === '') throw usage(`--table ${text} names no file.`);
  return { name, location };
}

function resultFormat(text: string): ResultFormat {
  const format = RESULT_FORMATS.find((name) => name === text.toLowerCase());
  if (format === undefined) throw usage(`There is no format "${text}". Formats are: ${RESULT_FORMATS.join(', ')}.`);
  return format;
}

function loadFile(named: string | undefined, environment: Environment): FileConfig {
  const base = environment['XDG_CONFIG_HOME'];
  const usual = join(base?.startsWith('/') ? base : join(homedir(), '.config'), 'volley', 'config.json');
  if (named === undefined && !existsSync(usual)) return NO_FILE;
  const path = resolve(named ?? usual);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FabricError('USAGE', `The config file ${path} cannot be read: ${reason}`, { cause });
  }
  return fileConfig(content, path);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What of "serve" says where something is. */
const SERVE_PLACES = ['allow', 'journal', 'store'];

/** A path in a folder. What begins with a scheme, and nothing, are left for whoever reads them to judge. */
function pathIn(folder: string, text: string): string {
  return text === '' || /^[a-z][a-z0-9+.-]+:/i.test(text) ? text : resolve(folder, text);
}

/** "serve" with its paths in a folder. What is of a wrong type stays, for `volley serve` to refuse. */
function serveIn(folder: string, serve: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const located = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(located);
    return typeof value === 'string' ? pathIn(folder, value) : value;
  };
  const entries = Object.entries(serve);
  return Object.fromEntries(entries.map(([key, value]) => [key, SERVE_PLACES.includes(key) ? located(value) : value]));
}

function fileConfig(content: unknown, path: string): FileConfig {
  const wrong = (what: string): FabricError => usage(`The config file ${path} is wrong: ${what}.`);
  if (!isObject(content)) throw wrong('it must hold one JSON object');
  const { data = [], tables = {}, settings = {}, format, quiet = false, ...others } = content;
  const { serve = {}, store, fabric, lambda = {}, ...rest } = others;
  const [unknownKey] = Object.keys(rest);
  if (unknownKey !== undefined)
    throw wrong(`"${unknownKey}" is not one of data, tables, settings, format, quiet, serve, store, fabric, lambda`);
  const folder = dirname(path);
  const place = (value: unknown, key: string): string => {
    if (typeof value !== 'string' || value === '') throw wrong(`"${key}" must be a path or a list of paths`);
    return value.includes('://') ? value : resolve(folder, value);
  };
  const places = (value: unknown, key: string): string[] =>
    Array.isArray(value) ? value.map((item) => place(item, key)) : [place(value, key)];
  if (!isObject(tables)) throw wrong('"tables" must be an object from names to paths');
  if (!isObject(settings)) throw wrong('"settings" must be an object');
  if (format !== undefined && typeof format !== 'string') throw wrong('"format" must be a string');
  if (!isObject(serve)) throw wrong('"serve" must be an object');
  if (fabric !== undefined && typeof fabric !== 'string') throw wrong('"fabric" must be a string');
  if (store !== undefined && typeof store !== 'string') throw wrong('"store" must be a string');
  if (typeof quiet !== 'boolean') throw wrong('"quiet" must be true or false');
  return {
    data: places(data, 'data'),
    tables: Object.entries(tables).flatMap(([name, value]) =>
      places(value, `tables.${name}`).map((location) => ({ name, location })),
    ),
    settings: Object.entries(settings).map(([name, value]) => {
      if (typeof value !== 'string' && typeof value !== 'number')
        throw wrong(`"settings.${name}" must be a string or a number`);
      return [name, String(value)];
    }),
    ...(format === undefined ? {} : { format }),
    serve: serveIn(folder, serve),
    quiet,
    ...(fabric === undefined ? {} : { fabric }),
    lambda,
    ...(store === undefined ? {} : { store: pathIn(folder, store) }),
  };
}
