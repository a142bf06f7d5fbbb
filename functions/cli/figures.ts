import {
  REQUEST_KINDS,
  type RequestCounts,
  type StoreRequests,
  totalRequests,
} from '../../engine/store/request-counts.ts';

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in a readable unit: `0 B`, `12.3 MB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** A count with its noun: `1 row`, `1,234 rows`. */
export function countText(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** A duration in readable units: `85 ms`, `1.42 s`, `2 min 5 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(2)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Formats store requests by kind: `inputs: 3 get (1.2 MB in); job: 4 get, 2 put (10 kB in, 10 kB out)`. Returns an
 * empty string if there were no requests.
 */
export function requestsText({ inputs, job }: StoreRequests): string {
  const parts = [
    ['inputs', inputs],
    ['job', job],
  ] as const;
  return parts
    .filter(([, counts]) => totalRequests(counts) > 0)
    .map(([name, counts]) => `${name}: ${countsText(counts)}`)
    .join('; ');
}

function countsText(counts: RequestCounts): string {
  const { requests, readBytes, writtenBytes, retries, hedges } = counts;
  const kinds = REQUEST_KINDS.filter((kind) => requests[kind] > 0).map(
    (kind) => `${requests[kind].toLocaleString('en-US')} ${kind}`,
  );
  const again =
    retries + hedges > 0
      ? `, of which ${retries} ${retries === 1 ? 'retry' : 'retries'} and ${countText(hedges, 'hedge')}`
      : '';
  return `${kinds.join(', ')}${again} (${bytesText(readBytes)} in, ${bytesText(writtenBytes)} out)`;
}
