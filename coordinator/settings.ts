import * as z from 'zod/mini';
import { FabricError } from '../engine/errors.ts';
import type { ShuffleCompression } from '../engine/plan/stage.ts';

/** The settings of a query, from flags, environment, config file, request or `SET`. */
export interface Settings {
  /** Number of tasks of a scan or shuffle. */
  readonly fanout: 'auto' | number;
  /** The largest build side that is broadcast; 0 turns broadcast joins off. */
  readonly broadcastLimitBytes: number;
  /** Time limit: planning fails with `PLAN_TIMEOUT`, the job with `JOB_TIMEOUT`. Absent: only the binder's own limit. */
  readonly timeoutMs?: number;
  /** Memory of one executor; absent: its share of the machine's. */
  readonly memoryMiB?: number;
  /** How often a failed task runs again. */
  readonly retries: number;
  /** How long a coordinator keeps the result after the job's end; absent: one hour. */
  readonly resultTtlMs?: number;
  /** Compression of shuffles; absent: none. */
  readonly shuffleCompression?: ShuffleCompression;
  /** The session's time zone, an IANA name. */
  readonly timeZone: string;
}

/** The settings of a query that sets none. The time zone is the machine's, as in DuckDB. */
export function defaultSettings(timeZone: string): Settings {
  return { fanout: 'auto', broadcastLimitBytes: 64 * 1024 * 1024, retries: 3, timeZone };
}

/** No task runs with less. */
export const LEAST_MEMORY_MIB = 128;

const MAX_FANOUT = 10_000;
const MAX_RETRIES = 100;
const MAX_MEMORY_MIB = 1024 * 1024;
const MAX_TIMEOUT_MS = 7 * 86_400_000;

/** What users read about a setting. */
interface SettingTexts {
  /** Its values as `--help` shows them behind the name: `auto|N`. */
  readonly form: string;
  /** The default as `docs/cli.md` shows it. */
  readonly defaultText: string;
  /** What it does, in one line, for `--help` and, with `details`, for `docs/cli.md`. */
  readonly summary: string;
  /** Further sentences for `docs/cli.md`. */
  readonly details?: string;
  /** The values it takes, for errors: "a whole number from 1 to 10". */
  readonly takes: string;
  /** Present on a setting that has no effect yet: what to know or do instead. All its values but the default are rejected. */
  readonly reserved?: string;
}

/** The description of one setting: everything the program and its documentation say about it. */
interface SettingDescription<Value> extends SettingTexts {
  /** Reads the text a user gave. */
  readonly schema: () => z.ZodMiniType<Value, string>;
  readonly apply: (settings: Settings, value: Value) => Settings;
}

/** A setting whose type of value is no longer of interest. */
export interface Setting extends SettingTexts {
  readonly name: string;
  /** The settings with this one changed; undefined if it does not take the text. */
  readonly change: (settings: Settings, text: string) => Settings | undefined;
}

function describe<Value>(name: string, { schema, apply, ...texts }: SettingDescription<Value>): Setting {
  return {
    name,
    ...texts,
    change: (settings, text) => {
      // Built on first use: most processes never parse a setting, and building a schema takes longer than loading the library.
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

/** Text in any case, as lower case, for a schema of fixed words. */
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

/** Bytes from `0`, `1048576`, `64MiB`, `1.5 GB`; NaN from any other text. */
function bytesOf(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  return Math.floor(Number(digits) * (BYTE_UNITS[unit.toLowerCase()] ?? Number.NaN));
}

const byteCount = () => z.pipe(z.transform(bytesOf), z.int());

const DURATION_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds from `500ms`, `30s`, `5m`, `1h`; NaN from any other text. A number without a unit is ambiguous. */
function millisecondsOf(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/i.exec(text) ?? [];
  return Math.round(Number(digits) * (DURATION_UNITS[unit.toLowerCase()] ?? Number.NaN));
}

const duration = () => z.pipe(z.transform(millisecondsOf), z.int().check(z.minimum(1), z.maximum(MAX_TIMEOUT_MS)));
const DURATIONS = 'a time such as 500ms, 30s or 5m, at most 7d';

/** The time zone of a name, `UTC` for all its names; undefined if there is no such zone. */
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
 * Every setting, described once: parsing, errors, `--help` and the table in `docs/cli.md` follow from here, in this order. The call is
 * marked pure for the bundler: a program that uses no setting includes neither the table nor zod.
 */
export const SETTINGS: readonly Setting[] = /* @__PURE__ */ describeSettings();

function describeSettings(): readonly Setting[] {
  return [
    describe('fanout', {
      form: 'auto|N',
      defaultText: '`auto`',
      summary: 'number of tasks of each scan or shuffle',
      details: '`auto`, or a whole number from 1 to 10000',
      takes: `auto, or a whole number from 1 to ${MAX_FANOUT}`,
      schema: () => z.union([word(z.literal('auto')), wholeNumber(1, MAX_FANOUT)]),
      apply: (settings, fanout) => ({ ...settings, fanout }),
    }),
    describe('broadcast_limit', {
      form: 'BYTES',
      defaultText: '`64MiB`',
      summary: 'largest build side of a join that is sent whole to every task; 0 turns broadcast joins off',
      takes: 'a number of bytes such as 0, 1048576 or 64MiB',
      schema: byteCount,
      apply: (settings, broadcastLimitBytes) => ({ ...settings, broadcastLimitBytes }),
    }),
    describe('timeout', {
      form: '30s',
      defaultText: 'none',
      summary: 'time limit of a job, such as 500ms, 30s, 5m or 1h',
      details: 'Planning then fails with `PLAN_TIMEOUT`, the job with `JOB_TIMEOUT`',
      takes: DURATIONS,
      schema: duration,
      apply: (settings, timeoutMs) => ({ ...settings, timeoutMs }),
    }),
    describe('memory', {
      form: 'MIB',
      defaultText: "the machine's, shared among tasks",
      summary: 'memory of one executor in MiB; for Lambda, the smallest function that has as much',
      details: 'At least 128',
      takes: `a whole number from ${LEAST_MEMORY_MIB} to ${MAX_MEMORY_MIB}`,
      schema: () => wholeNumber(LEAST_MEMORY_MIB, MAX_MEMORY_MIB),
      apply: (settings, memoryMiB) => ({ ...settings, memoryMiB }),
    }),
    describe('retries', {
      form: 'N',
      defaultText: '3',
      summary: 'how often a task runs again after a failure that may pass',
      takes: `a whole number from 0 to ${MAX_RETRIES}`,
      schema: () => wholeNumber(0, MAX_RETRIES),
      apply: (settings, retries) => ({ ...settings, retries }),
    }),
    describe('shuffle_compression', {
      form: 'none|lz4',
      defaultText: '`none`',
      summary: 'compression of the rows that tasks exchange: fewer bytes for more CPU time',
      details: '`none` or `lz4`',
      takes: '"none" or "lz4"',
      schema: () => word(z.enum(['none', 'lz4'])),
      apply: withCompression,
    }),
    describe('result_ttl', {
      form: '1h',
      defaultText: '`1h`',
      summary: 'how long volley serve keeps a result; no other command accepts it',
      takes: DURATIONS,
      schema: duration,
      apply: (settings, resultTtlMs) => ({ ...settings, resultTtlMs }),
    }),
    describe('timezone', {
      form: 'NAME',
      defaultText: "the machine's",
      summary: 'time zone in which TIMESTAMP WITH TIME ZONE is computed and shown',
      takes: 'the name of a time zone such as UTC or Europe/Berlin',
      schema: () => z.pipe(z.transform(zoneOf), z.string()),
      apply: (settings, timeZone) => ({ ...settings, timeZone }),
    }),
    describe('speculation', {
      form: 'off',
      defaultText: '`off`',
      summary: 'a second attempt of a slow task',
      takes: '"off"',
      reserved: 'only "off" has an effect',
      schema: () => word(z.literal('off')),
      apply: (settings) => settings,
    }),
    describe('max_rows', {
      form: 'N',
      defaultText: 'none',
      summary: 'largest number of rows of a result',
      takes: 'no value',
      reserved: 'it has no effect in this version; write LIMIT',
      schema: () => z.never(),
      apply: (settings) => settings,
    }),
  ];
}

/** The names that `SET` and `--set` take. */
export const SETTING_NAMES: readonly string[] = /* @__PURE__ */ SETTINGS.map(({ name }) => name);

/**
 * The settings with one of them changed; `name` in any case. Throws `UNKNOWN_SETTING`, and `INVALID_SETTING` for a value out of bounds
 * and for a setting that has no effect yet: ignoring a limit would be worse than rejecting it.
 */
export function withSetting(settings: Settings, name: string, value: string): Settings {
  const setting = SETTINGS.find((each) => each.name === name.toLowerCase());
  if (setting === undefined) {
    const message = `There is no setting "${name}". Settings are: ${SETTING_NAMES.join(', ')}.`;
    throw new FabricError('UNKNOWN_SETTING', message, { details: { setting: name } });
  }
  const text = value.trim();
  const changed = setting.change(settings, text);
  if (changed !== undefined) return changed;
  const why =
    setting.reserved === undefined ? `: it takes ${setting.takes}.` : ` yet: ${setting.reserved}. Leave it unset.`;
  const message = `The setting ${setting.name} cannot be "${text}"${why}`;
  throw new FabricError('INVALID_SETTING', message, { details: { setting: setting.name, value: text } });
}

/** The settings with several of them changed, in order. */
export function withSettings(settings: Settings, changes: Iterable<readonly [string, string]>): Settings {
  let result = settings;
  for (const [name, value] of changes) result = withSetting(result, name, value);
  return result;
}
