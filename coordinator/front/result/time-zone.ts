import { FabricError } from '../../../engine/errors.ts';

/** The length of a cache entry: a quarter of an hour. If the offset changes within an entry, each second of the entry is looked up. */
const BUCKET_SECONDS = 900;
/** A second shortly before the last instant that a JavaScript date can represent. */
const LAST_SECOND = 8_600_000_000_000;
/** 400 years of the Gregorian calendar, which are a whole number of weeks. A zone's rules repeat after this time. */
const CALENDAR_CYCLE_SECONDS = 146_097 * 86_400;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (cause) {
    throw new FabricError('INVALID_SETTING', `Unknown time zone "${timeZone}". Use a name such as Europe/Berlin.`, {
      cause,
    });
  }
  const zone = { format, offsets: new Map<number, number>() };
  zones.set(timeZone, zone);
  return zone;
}

/** The offset of the zone from UTC at one second, in seconds. */
function lookUp(zone: Zone, second: number): number {
  const parts = new Map(zone.format.formatToParts(second * 1000).map((part) => [part.type, part.value]));
  const number = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
  const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year');
  const local = new Date(0);
  local.setUTCFullYear(year, number('month') - 1, number('day'));
  local.setUTCHours(number('hour'), number('minute'), number('second'));
  return local.getTime() / 1000 - second;
}

function atBorder(zone: Zone, bucket: number): number {
  const known = zone.offsets.get(bucket);
  if (known !== undefined) return known;
  // Limit the size of the cache.
  if (zone.offsets.size > 100_000) zone.offsets.clear();
  const offset = lookUp(zone, bucket * BUCKET_SECONDS);
  zone.offsets.set(bucket, offset);
  return offset;
}

/**
 * The offset of `timeZone` from UTC in seconds at an instant in seconds since the epoch. Offsets to the east are positive.
 * Throws `INVALID_SETTING` for an unknown zone.
 */
export function zoneOffsetSeconds(timeZone: string, epochSecond: number): number {
  if (timeZone === 'UTC' || timeZone === 'Etc/UTC') return 0;
  const zone = zoneOf(timeZone);
  const cyclesBeyond = Math.ceil(Math.max(0, Math.abs(epochSecond) - LAST_SECOND) / CALENDAR_CYCLE_SECONDS);
  const second = epochSecond - Math.sign(epochSecond) * cyclesBeyond * CALENDAR_CYCLE_SECONDS;
  const bucket = Math.floor(second / BUCKET_SECONDS);
  const offset = atBorder(zone, bucket);
  return offset === atBorder(zone, bucket + 1) ? offset : lookUp(zone, second);
}
