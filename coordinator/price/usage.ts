import { REQUEST_KINDS, type RequestKind } from '../../engine/store/request-counts.ts';

/** The number of requests of each kind. A kind is absent if no such request was made. */
export type RequestsByKind = Readonly<Partial<Record<RequestKind, number>>>;

/** The billed resources that a job has used. */
export interface Usage {
  readonly invocations: number;
  /** Function time, with the time of each invocation rounded up as it is billed. */
  readonly gbSeconds: number;
  readonly requests: RequestsByKind;
  /** Bytes of bodies read from and written to the store. They are not billed within a region, but are shown for every job. */
  readonly readBytes: number;
  readonly writtenBytes: number;
}

export const NO_USAGE: Usage = { invocations: 0, gbSeconds: 0, requests: {}, readBytes: 0, writtenBytes: 0 };

const MIB_PER_GB = 1024;

/** Returns the GB-seconds billed for one invocation. Its time is rounded up to whole milliseconds. */
export function billedGbSeconds(memoryMiB: number, durationMs: number): number {
  return (memoryMiB / MIB_PER_GB) * (Math.ceil(durationMs) / 1000);
}

/** Adds two usages. */
export function addUsage(left: Usage, right: Usage): Usage {
  return {
    invocations: left.invocations + right.invocations,
    gbSeconds: left.gbSeconds + right.gbSeconds,
    requests: addRequests(left.requests, right.requests),
    readBytes: left.readBytes + right.readBytes,
    writtenBytes: left.writtenBytes + right.writtenBytes,
  };
}

/** Adds two sets of request counts by kind. */
export function addRequests(left: RequestsByKind, right: RequestsByKind): RequestsByKind {
  const sum: Partial<Record<RequestKind, number>> = { ...left };
  for (const kind of REQUEST_KINDS) {
    const more = right[kind] ?? 0;
    if (more > 0) sum[kind] = (sum[kind] ?? 0) + more;
  }
  return sum;
}
