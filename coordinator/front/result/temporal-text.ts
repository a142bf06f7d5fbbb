import type { IntervalValue } from '../../../engine/plan/expression.ts';
import { zoneOffsetSeconds } from './time-zone.ts';

/** The resolution of a time or timestamp type. */
export type UnitsPerSecond = 1n | 1_000n | 1_000_000n | 1_000_000_000n;

const SECONDS_PER_DAY = 86_400n;
const DATE_INFINITY = 2_147_483_647n;
const TIMESTAMP_INFINITY = 9_223_372_036_854_775_807n;

const two = (value: number | bigint): string => value.toString().padStart(2, '0');

/** Divides and rounds towards negative infinity. */
function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}

/**
 * A day of the proleptic Gregorian calendar as DuckDB prints it. A day before year 1 is printed as `0044-03-15 (BC)`.
 * The arithmetic is Howard Hinnant's `civil_from_days` (https://howardhinnant.github.io/date_algorithms.html).
 */
function dayText(daysSinceEpoch: number): string {
  const shifted = daysSinceEpoch + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const isBeforeChrist = year <= 0;
  const shownYear = String(isBeforeChrist ? 1 - year : year).padStart(4, '0');
  return `${shownYear}-${two(month)}-${two(day)}${isBeforeChrist ? ' (BC)' : ''}`;
}

/** The fraction of a second, such as `.5`; empty if it is zero. */
function fractionText(units: bigint, unitsPerSecond: UnitsPerSecond): string {
  if (units === 0n) return '';
  const digits = String(unitsPerSecond).length - 1;
  return `.${units.toString().padStart(digits, '0').replace(/0+$/, '')}`;
}

/** A time of day, or a span of time that may exceed 24 hours. */
function clockText(units: bigint, unitsPerSecond: UnitsPerSecond): string {
  const seconds = units / unitsPerSecond;
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return clock + fractionText(units % unitsPerSecond, unitsPerSecond);
}

/** Formats a DATE from the days since 1970-01-01. */
export function dateText(days: bigint): string {
  if (days === DATE_INFINITY) return 'infinity';
  if (days === -DATE_INFINITY) return '-infinity';
  return dayText(Number(days));
}

/** Formats a TIME from the units since midnight. */
export function timeText(units: bigint, unitsPerSecond: UnitsPerSecond): string {
  return clockText(units, unitsPerSecond);
}

/** Formats a TIMESTAMP of any unit, without a time zone. */
export function timestampText(units: bigint, unitsPerSecond: UnitsPerSecond): string {
  if (units === TIMESTAMP_INFINITY) return 'infinity';
  if (units === -TIMESTAMP_INFINITY) return '-infinity';
  const unitsPerDay = SECONDS_PER_DAY * unitsPerSecond;
  const day = floorDivide(units, unitsPerDay);
  return `${dayText(Number(day))} ${clockText(units - day * unitsPerDay, unitsPerSecond)}`;
}

/**
 * Formats an offset from UTC, such as `+01` or `-03:30`. Like DuckDB, use whole minutes for a TIMESTAMP WITH TIME ZONE, although historical
 * offsets have seconds, and use seconds for a TIME WITH TIME ZONE.
 */
export function offsetText(offsetSeconds: number, precision: 'minutes' | 'seconds'): string {
  const magnitude = Math.abs(offsetSeconds);
  const minutes = Math.floor(magnitude / 60) % 60;
  const seconds = precision === 'seconds' ? magnitude % 60 : 0;
  const tail = seconds > 0 ? `:${two(minutes)}:${two(seconds)}` : minutes > 0 ? `:${two(minutes)}` : '';
  return `${offsetSeconds < 0 ? '-' : '+'}${two(Math.floor(magnitude / 3600))}${tail}`;
}

/** Formats a TIMESTAMP WITH TIME ZONE (µs since the epoch) in the session's time zone. */
export function zonedTimestampText(micros: bigint, timeZone: string): string {
  if (micros === TIMESTAMP_INFINITY || micros === -TIMESTAMP_INFINITY) return timestampText(micros, 1_000_000n);
  const offsetSeconds = zoneOffsetSeconds(timeZone, Number(floorDivide(micros, 1_000_000n)));
  return timestampText(micros + BigInt(offsetSeconds) * 1_000_000n, 1_000_000n) + offsetText(offsetSeconds, 'minutes');
}

function counted(count: number, unit: string): string[] {
  if (count === 0) return [];
  return [`${count} ${unit}${Math.abs(count) === 1 ? '' : 's'}`];
}

/** Formats an INTERVAL like DuckDB, such as `1 year 2 days 03:00:00`. An empty interval is `00:00:00`. */
export function intervalText({ months, days, micros }: IntervalValue): string {
  const named = [
    ...counted(Math.trunc(months / 12), 'year'),
    ...counted(months % 12, 'month'),
    ...counted(days, 'day'),
  ];
  if (micros !== 0n) named.push(micros < 0n ? `-${clockText(-micros, 1_000_000n)}` : clockText(micros, 1_000_000n));
  return named.length === 0 ? '00:00:00' : named.join(' ');
}
