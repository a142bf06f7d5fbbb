import * as z from 'zod/mini';
import { FabricError } from '../engine/errors.ts';
import { foldName } from '../engine/plan/fold-name.ts';
import type { ShuffleCompression } from '../engine/plan/stage.ts';

/** The settings of a query. They come from flags, the environment, the config file, the request and `SET`. */
export interface Settings {
  /** The number of tasks of each scan or shuffle. */
  readonly fanout: 'auto' | number;
  /** The maximum size of a join side that is broadcast. If 0, a side is broadcast only if its rows cannot be partitioned. */
  readonly broadcastLimitBytes: number;
  /**
   * The time limit. When it passes, either planning fails with `PLAN_TIMEOUT`, or the job fails with `JOB_TIMEOUT`. If absent, only the
   * binder's own limit applies.
   */
  readonly timeoutMs?: number;
  /** The memory of one executor. If absent, the executor gets an equal share of the machine's memory. */
  readonly memoryMiB?: number;
  /** The maximum number of times that a failed task runs again. */
  readonly retries: number;
  /** How long a coordinator keeps the result after the job has ended; `DEFAULT_RESULT_TTL_MS` if absent. */
  readonly resultTtlMs?: number;
  /** The compression of shuffled rows. If absent, they are not compressed. */
  readonly shuffleCompression?: ShuffleCompression;
  /** The session's time zone, an IANA name. */
  readonly timeZone: string;
}

const DEFAULT_BROADCAST_LIMIT_MIB = 64;
const DEFAULT_RETRIES = 3;
const DEFAULT_RESULT_TTL_HOURS = 1;
/** How long a coordinator keeps the result of a job without the setting `result_ttl`. */
export const DEFAULT_RESULT_TTL_MS = DEFAULT_RESULT_TTL_HOURS * 3_600_000;

/** Returns the default settings of a query. `timeZone` should be the machine's time zone, as in DuckDB. */
export function defaultSettings(timeZone: string): Settings {
  return {
    fanout: 'auto',
    broadcastLimitBytes: DEFAULT_BROADCAST_LIMIT_MIB * 2 ** 20,
    retries: DEFAULT_RETRIES,
    timeZone,
  };
}

/** The minimum memory of an executor. */
export const MIN_MEMORY_MIB = 128;

const MAX_FANOUT = 10_000;
const MAX_RETRIES = 100;
const MAX_MEMORY_MIB = 1024 * 1024;
const MAX_DURATION_DAYS = 7;
const MAX_DURATION_MS = MAX_DURATION_DAYS * 86_400_000;

/** The texts about a setting for help, documentation and errors. */
interface SettingTexts {
  /** The values as `--help` shows them after the name, such as `auto|N`. */
  readonly placeholder: string;
  /** The default value, in the form that `docs/cli.md` shows. */
  readonly defaultText: string;
  /** A line about the effect of the setting, for `--help` and `docs/cli.md`. */
  readonly help: string;
  /** Further sentences for `docs/cli.md` only. */
  readonly details?: string;
  /** The accepted values, for errors, such as "a whole number from 1 to 10". */
  readonly accepts: string;
  /** The advice for a setting that has no effect yet. Such a setting accepts only its default value. */
  readonly reserved?: string;
}

/** The full description of one setting, for the program and its documentation. */
interface SettingDescription<Value> extends SettingTexts {
  /** Returns the schema that parses the user's text. */
  readonly schema: () => z.ZodMiniType<Value, string>;
  readonly apply: (settings: Settings, value: Value) => Settings;
}

/** A setting, with its value type erased. */
export interface Setting extends SettingTexts {
  readonly name: string;
  /** Returns the settings with this setting changed; undefined if it does not accept the text. */
  readonly change: (settings: Settings, text: string) => Settings | undefined;
}

function describe<Value>(name: string, { schema, apply, ...texts }: SettingDescription<Value>): Setting {
  return {
    name,
    ...texts,
    change: (settings, text) => {
      // Build the schema on first use. Most processes never parse a setting, and building a schema takes longer than loading the library.
      const parsed = schema().safeParse(text);
      return parsed.success ? apply(settings, parsed.data) : undefined;
    },
  };
}

const wholeNumber = (least: number, most: number) =>
  z.pipe(
    z.pipe(z.string().check(z.regex(/^\d+$/)), z.transform(Number)),
    z.int().check(z.minimum(least), z.maximum(most)),
  );

/** Converts text to lower case for a schema of fixed words. */
const word = <Value>(schema: z.ZodMiniType<Value, string>) =>
  z.pipe(
    z.transform((text: string) => text.toLowerCase()),
    schema,
  );

const BYTE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** Parses a number of bytes, such as `0`, `1048576`, `64MiB` or `1.5 GB`. Returns NaN for invalid text. */
function bytesOf(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  return Math.floor(Number(digits) * (BYTE_UNITS[unit.toLowerCase()] ?? Number.NaN));
}

const byteCount = () => z.pipe(z.transform(bytesOf), z.int());

const DURATION_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Parses a duration, such as `500ms`, `30s`, `5m` or `1h`, into milliseconds. Returns NaN for invalid text, such as a number without a
 * unit.
 */
function millisecondsOf(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/i.exec(text) ?? [];
  return Math.round(Number(digits) * (DURATION_UNITS[unit.toLowerCase()] ?? Number.NaN));
}

const duration = () => z.pipe(z.transform(millisecondsOf), z.int().check(z.minimum(1), z.maximum(MAX_DURATION_MS)));
const DURATIONS = `a time such as 500ms, 30s, 5m or 1h, at most ${MAX_DURATION_DAYS}d`;
const fanouts = (auto: string): string => `${auto}, or a whole number from 1 to ${MAX_FANOUT}`;

/** Returns the name of a time zone, with `UTC` for all aliases of UTC; undefined if the zone does not exist. */
function zoneOf(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone === 'UTC' ? 'UTC' : name;
  } catch {
    return undefined;
  }
}

function withCompression(settings: Settings, compression: ShuffleCompression | 'none'): Settings {
  const { shuffleCompression: _previous, ...others } = settings;
  return compression === 'none' ? others : { ...others, shuffleCompression: compression };
}

/**
 * The descriptions of all settings, in the order of `--help`. Parsing, errors and help texts come from this table, and a test compares it
 * with `docs/cli.md`. The call is marked as pure so that the bundler omits the table and zod from programs that use no settings.
 */
export const SETTINGS: readonly Setting[] = /* @__PURE__ */ describeSettings();

function describeSettings(): readonly Setting[] {
  return [
    describe('fanout', {
      placeholder: 'auto|N',
      defaultText: '`auto`',
      help: 'number of tasks of each scan or shuffle',
      details: fanouts('`auto`'),
      accepts: fanouts('auto'),
      schema: () => z.union([word(z.literal('auto')), wholeNumber(1, MAX_FANOUT)]),
      apply: (settings, fanout) => ({ ...settings, fanout }),
    }),
    describe('broadcast_limit', {
      placeholder: 'BYTES',
      defaultText: `\`${DEFAULT_BROADCAST_LIMIT_MIB}MiB\``,
      help: 'maximum size of a join side that is broadcast (sent whole to every task); with 0, only if rows cannot be partitioned',
      accepts: 'a number of bytes such as 0, 1048576 or 64MiB',
      schema: byteCount,
      apply: (settings, broadcastLimitBytes) => ({ ...settings, broadcastLimitBytes }),
    }),
    describe('timeout', {
      placeholder: '30s',
      defaultText: 'none',
      help: 'time limit of a job, such as 500ms, 30s, 5m or 1h',
      details: 'After that, planning fails with `PLAN_TIMEOUT`, or the job fails with `JOB_TIMEOUT`',
      accepts: DURATIONS,
      schema: duration,
      apply: (settings, timeoutMs) => ({ ...settings, timeoutMs }),
    }),
    describe('memory', {
      placeholder: 'MIB',
      defaultText: "the machine's memory, divided among tasks",
      help: 'memory of one executor in MiB; on Lambda, the smallest function with at least this much is used',
      details: `At least ${MIN_MEMORY_MIB}`,
      accepts: `a whole number from ${MIN_MEMORY_MIB} to ${MAX_MEMORY_MIB}`,
      schema: () => wholeNumber(MIN_MEMORY_MIB, MAX_MEMORY_MIB),
      apply: (settings, memoryMiB) => ({ ...settings, memoryMiB }),
    }),
    describe('retries', {
      placeholder: 'N',
      defaultText: String(DEFAULT_RETRIES),
      help: 'how many times a task runs again after a temporary failure',
      accepts: `a whole number from 0 to ${MAX_RETRIES}`,
      schema: () => wholeNumber(0, MAX_RETRIES),
      apply: (settings, retries) => ({ ...settings, retries }),
    }),
    describe('shuffle_compression', {
      placeholder: 'none|lz4',
      defaultText: '`none`',
      help: 'compression of the rows that tasks exchange; sends fewer bytes but uses more CPU time',
      details: '`none` or `lz4`',
      accepts: '"none" or "lz4"',
      schema: () => word(z.enum(['none', 'lz4'])),
      apply: withCompression,
    }),
    describe('result_ttl', {
      placeholder: '1h',
      defaultText: `\`${DEFAULT_RESULT_TTL_HOURS}h\``,
      help: 'how long volley serve keeps a result; other commands reject this setting',
      accepts: DURATIONS,
      schema: duration,
      apply: (settings, resultTtlMs) => ({ ...settings, resultTtlMs }),
    }),
    describe('timezone', {
      placeholder: 'NAME',
      defaultText: "the machine's",
      help: 'time zone for computing and showing TIMESTAMP WITH TIME ZONE',
      accepts: 'the name of a time zone such as UTC or Europe/Berlin',
      schema: () => z.pipe(z.transform(zoneOf), z.string()),
      apply: (settings, timeZone) => ({ ...settings, timeZone }),
    }),
    describe('speculation', {
      placeholder: 'off',
      defaultText: '`off`',
      help: 'a second attempt of a slow task',
      accepts: '"off"',
      reserved: 'Only "off" is supported',
      schema: () => word(z.literal('off')),
      apply: (settings) => settings,
    }),
    describe('max_rows', {
      placeholder: 'N',
      defaultText: 'none',
      help: 'maximum number of rows of a result',
      accepts: 'no value',
      reserved: 'Use LIMIT in the SQL',
      schema: () => z.never(),
      apply: (settings) => settings,
    }),
  ];
}

/** The names that `SET` and `--set` accept. */
export const SETTING_NAMES: readonly string[] = /* @__PURE__ */ SETTINGS.map(({ name }) => name);

/**
 * Returns the settings with one setting changed. The case of `name` is ignored. Throws `UNKNOWN_SETTING` for an unknown name, and
 * `INVALID_SETTING` for an invalid value or a setting that has no effect yet. Silently ignoring a limit would be worse than rejecting it.
 */
export function withSetting(settings: Settings, name: string, value: string): Settings {
  const setting = SETTINGS.find((each) => each.name === foldName(name));
  if (setting === undefined) {
    const message = `There is no setting "${name}". Valid settings: ${SETTING_NAMES.join(', ')}.`;
    throw new FabricError('UNKNOWN_SETTING', message, { details: { setting: name } });
  }
  const text = value.trim();
  const changed = setting.change(settings, text);
  if (changed !== undefined) return changed;
  const why = setting.reserved === undefined ? `. Use ${setting.accepts}.` : ` yet. ${setting.reserved}.`;
  const message = `The setting ${setting.name} cannot be "${text}"${why}`;
  throw new FabricError('INVALID_SETTING', message, { details: { setting: setting.name, value: text } });
}

/** Returns the settings with several settings changed, in order. Throws the errors of `withSetting`. */
export function withSettings(settings: Settings, changes: Iterable<readonly [string, string]>): Settings {
  let result = settings;
  for (const [name, value] of changes) result = withSetting(result, name, value);
  return result;
}
