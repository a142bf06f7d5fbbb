import type { FileMetaData, ParquetParsers } from 'hyparquet';
import type { ChunkStatistics } from './parquet-file.ts';
import type { StatisticsReader } from './parquet-schema.ts';

type RawStatistics = NonNullable<
  NonNullable<FileMetaData['row_groups'][number]['columns'][number]['meta_data']>['statistics']
>;
type Bound = NonNullable<ChunkStatistics['min']>;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parsers that keep times and dates as integers. The default parsers return `Date` objects, which are truncated to
 * milliseconds.
 */
export const rawParsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis: bigint) => millis,
  timestampFromMicroseconds: (micros: bigint) => micros,
  timestampFromNanoseconds: (nanos: bigint) => nanos,
  dateFromDays: (days: number) => days,
  stringFromBytes: (bytes: Uint8Array) => {
    try {
      return strictUtf8.decode(bytes);
    } catch {
      return undefined;
    }
  },
};

/** Returns the reliable part of a chunk's statistics. */
export function chunkStatistics(raw: RawStatistics | undefined, reader: StatisticsReader): ChunkStatistics {
  if (raw === undefined) return {};
  // The deprecated fields `min` and `max` are ignored. They compare all values as signed bytes, which is wrong for some types.
  const min = raw.is_min_value_exact === false ? undefined : readBound(raw.min_value, reader);
  const max = raw.is_max_value_exact === false ? undefined : readBound(raw.max_value, reader);
  const nullCount = raw.null_count === undefined ? undefined : Number(raw.null_count);
  return {
    ...(min === undefined || max === undefined ? {} : { min, max }),
    ...(nullCount === undefined || nullCount < 0 ? {} : { nullCount }),
  };
}

function readBound(value: unknown, reader: StatisticsReader): Bound | undefined {
  switch (reader.kind) {
    case 'integer':
      return wholeNumber(value);
    case 'milliseconds': {
      const millis = wholeNumber(value);
      // DuckDB reads millisecond timestamps as microseconds.
      return millis === undefined ? undefined : millis * 1000n;
    }
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'string':
      return typeof value === 'string' && comparesAsBytes(value) ? value : undefined;
    case 'decimal':
      return typeof value === 'number' ? unscaled(value, reader.scale) : undefined;
    default:
      return reader satisfies never;
  }
}

function wholeNumber(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined;
}

/**
 * Returns whether JavaScript orders a text in the same way as DuckDB. JavaScript compares UTF-16 code units, and DuckDB
 * compares UTF-8 bytes. The orders agree if no code unit is a surrogate or greater.
 */
function comparesAsBytes(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) >= 0xd800) return false;
  return true;
}

/** Reverses the metadata parser's conversion of decimals to scaled floats. The result is exact up to 48 bits. */
function unscaled(value: number, scale: number): bigint | undefined {
  const rounded = Math.round(value * 10 ** scale);
  return Math.abs(rounded) < 2 ** 48 ? BigInt(rounded) : undefined;
}
