import { REQUEST_KINDS, type RequestKind } from '../../engine/store/request-counts.ts';

/** How many requests of each kind; a kind that is absent was not made. */
export type RequestsByKind = Readonly<Partial<Record<RequestKind, number>>>;

/** What a job has used of what is billed. */
export interface Usage {
  readonly invocations: number;
  /** Function time, each invocation rounded up as it is billed. */
  readonly gbSeconds: number;
  readonly requests: RequestsByKind;
  /** Bodies read from and written to the store: not billed within a region, but what a job is judged by. */
  readonly readBytes: number;
  readonly writtenBytes: number;
}

export const NO_USAGE: Usage = { invocations: 0, gbSeconds: 0, requests: {}, readBytes: 0, writtenBytes: 0 };

const MIB_PER_GB = 1024;

/** GB-seconds that one invocation is billed: its time is rounded up to whole milliseconds. */
export function billedGbSeconds(memoryMiB: number, durationMs: number): number {
  return (memoryMiB / MIB_PER_GB) * (Math.ceil(durationMs) / 1000);
}

/** What two have used together. */
export function addUsage(left: Usage, right: Usage): Usage {
  return {
    invocations: left.invocations + right.invocations,
    gbSeconds: left.gbSeconds + right.gbSeconds,
    requests: addRequests(left.requests, right.requests),
    readBytes: left.readBytes + right.readBytes,
    writtenBytes: left.writtenBytes + right.writtenBytes,
  };
}

/** Requests of two, by kind. */
export function addRequests(left: RequestsByKind, right: RequestsByKind): RequestsByKind {
  const sum: Partial<Record<RequestKind, number>> = { ...left };
  for (const kind of REQUEST_KINDS) {
    const more = right[kind] ?? 0;
    if (more > 0) sum[kind] = (sum[kind] ?? 0) + more;
  }
  return sum;
}
