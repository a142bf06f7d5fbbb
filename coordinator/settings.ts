import { FabricError } from '../engine/errors.ts';
import type { ShuffleCompression } from '../engine/plan/stage.ts';

/** What a user can set for a query, by flag, environment, config file or `SET`. */
export interface Settings {
  /** How many tasks a scan or shuffle is cut into. Of the largest, queries whose shuffles follow one another are refused. */
  readonly fanout: 'auto' | number;
  /** A build side of at most so many bytes is broadcast; 0 turns broadcast joins off. */
  readonly broadcastLimitBytes: number;
  /** Planning fails with `PLAN_TIMEOUT` after so long, the job with `JOB_TIMEOUT`; absent: no limit but the planner's own. */
  readonly timeoutMs?: number;
  /** Memory of one executor; absent: its share of the machine's. */
  readonly memoryMiB?: number;
  /** How often a task that failed is tried again. */
  readonly retries: number;
  /** How long a coordinator keeps the result after the job's end; absent: an hour. */
  readonly resultTtlMs?: number;
  /** How shuffles are compressed; absent: not at all. */
  readonly shuffleCompression?: ShuffleCompression;
  /** The session's time zone, an IANA name. */
  readonly timeZone: string;
}

/** The settings of a query that sets none. The time zone is the machine's, as in DuckDB. */
export function defaultSettings(timeZone: string): Settings {
  return { fanout: 'auto', broadcastLimitBytes: 64 * 1024 * 1024, retries: 3, timeZone };
}

/** The names `SET` and `--set` take, as users write them. */
export const SETTING_NAMES = [
  'fanout',
  'broadcast_limit',
  'max_cost',
  'timeout',
  'memory',
  'retries',
  'speculation',
  'shuffle_compression',
  'result_ttl',
  'max_rows',
  'timezone',
] as const;

type SettingName = (typeof SETTING_NAMES)[number];

const MAX_FANOUT = 10_000;
const MAX_RETRIES = 100;
/** No task does with less. */
export const LEAST_MEMORY_MIB = 128;
const MAX_MEMORY_MIB = 1024 * 1024;
const MAX_TIMEOUT_MS = 7 * 86_400_000;

function invalid(name: string, value: string, expected: string): FabricError {
  return new FabricError('INVALID_SETTING', `The setting ${name} cannot be "${value}": it takes ${expected}.`, {
    details: { setting: name, value },
  });
}

function notEffective(name: string, value: string, only: string): FabricError {
  return new FabricError('INVALID_SETTING', `The setting ${name} cannot be "${value}" yet: ${only}. Leave it unset.`, {
    details: { setting: name, value },
  });
}

function integerIn(name: string, value: string, least: number, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw invalid(name, value, `a whole number from ${least} to ${most}`);
}

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

/** Bytes from `0`, `1048576`, `64MiB`, `1.5 GB`. Throws `INVALID_SETTING`. */
function parseBytes(name: string, value: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(value.trim());
  const unit = match === null ? undefined : BYTE_UNITS[(match[2] ?? '').toLowerCase()];
  const bytes = unit === undefined ? Number.NaN : Math.floor(Number(match?.[1]) * unit);
  if (Number.isSafeInteger(bytes)) return bytes;
  throw invalid(name, value, 'a number of bytes such as 0, 1048576 or 64MiB');
}

const DURATION_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds from `500ms`, `30s`, `5m`, `1h`. A number alone is refused: its unit would be a guess. Throws `INVALID_SETTING`. */
function parseDuration(name: string, value: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/i.exec(value.trim());
  const milliseconds = Math.round(
    Number(match?.[1]) * (DURATION_UNITS[(match?.[2] ?? '').toLowerCase()] ?? Number.NaN),
  );
  if (milliseconds >= 1 && milliseconds <= MAX_TIMEOUT_MS) return milliseconds;
  throw invalid(name, value, 'a time such as 500ms, 30s or 5m, at most 7d');
}

function parseTimeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: value }).resolvedOptions().timeZone === 'UTC' ? 'UTC' : value;
  } catch {
    throw invalid('timezone', value, 'the name of a time zone such as UTC or Europe/Berlin');
  }
}

function isSettingName(name: string): name is SettingName {
  return (SETTING_NAMES as readonly string[]).includes(name);
}

/**
 * The settings with one of them changed; `name` in any case. Throws `UNKNOWN_SETTING`, and `INVALID_SETTING` for a value out of
 * bounds and for settings of the interface that have no effect yet: a limit that were ignored would be worse than none.
 */
export function withSetting(settings: Settings, name: string, value: string): Settings {
  const key = name.toLowerCase();
  if (!isSettingName(key)) {
    throw new FabricError(
      'UNKNOWN_SETTING',
      `There is no setting "${name}". Settings are: ${SETTING_NAMES.join(', ')}.`,
      {
        details: { setting: name },
      },
    );
  }
  const text = value.trim();
  switch (key) {
    case 'fanout':
      return { ...settings, fanout: text.toLowerCase() === 'auto' ? 'auto' : integerIn('fanout', text, 1, MAX_FANOUT) };
    case 'broadcast_limit':
      return { ...settings, broadcastLimitBytes: parseBytes('broadcast_limit', text) };
    case 'timeout':
      return { ...settings, timeoutMs: parseDuration('timeout', text) };
    case 'memory':
      return { ...settings, memoryMiB: integerIn('memory', text, LEAST_MEMORY_MIB, MAX_MEMORY_MIB) };
    case 'retries':
      return { ...settings, retries: integerIn('retries', text, 0, MAX_RETRIES) };
    case 'timezone':
      return { ...settings, timeZone: parseTimeZone(text) };
    case 'speculation':
      if (text.toLowerCase() === 'off') return settings;
      throw notEffective('speculation', text, 'only "off" has an effect');
    case 'shuffle_compression':
      return withCompression(settings, text);
    case 'max_cost':
      throw notEffective('max_cost', text, 'nothing in this version stops a job at a price');
    case 'result_ttl':
      return { ...settings, resultTtlMs: parseDuration('result_ttl', text) };
    case 'max_rows':
      throw notEffective('max_rows', text, 'it has no effect in this version; write LIMIT');
    default:
      return key satisfies never;
  }
}

function withCompression(settings: Settings, text: string): Settings {
  switch (text.toLowerCase()) {
    case 'none': {
      const { shuffleCompression: _none, ...rest } = settings;
      return rest;
    }
    case 'lz4':
      return { ...settings, shuffleCompression: 'lz4' };
    case 'zstd':
      throw notEffective(
        'shuffle_compression',
        text,
        'there is no ZSTD on Node 20 that needs no compiler; "lz4" has an effect',
      );
    default:
      throw invalid('shuffle_compression', text, '"none" or "lz4"');
  }
}

/** The same for many, in order. */
export function withSettings(settings: Settings, changes: Iterable<readonly [string, string]>): Settings {
  let result = settings;
  for (const [name, value] of changes) result = withSetting(result, name, value);
  return result;
}
