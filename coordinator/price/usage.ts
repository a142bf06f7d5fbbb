import { REQUEST_KINDS, type RequestKind } from '../../engine/store/request-counts.ts';

/** The number of requests of each kind. A kind is absent if no such request was made. */
export type RequestsByKind = Readonly<Partial<Record<RequestKind, number>>>;

/** The billed resources that a job has used. */
export interface Usage {
  readonly invocations: number;
  /** Function time, each invocation rounded up as for billing. */
  readonly gbSeconds: number;
  readonly requests: RequestsByKind;
  /** Bytes of bodies read from and written to the store. Not billed within a region, but shown for every job. */
  readonly readBytes: number;
  readonly writtenBytes: number;
}

export const NO_USAGE: Usage = { invocations: 0, gbSeconds: 0, requests: {}, readBytes: 0, writtenBytes: 0 };

const MIB_PER_GB = 1024;

/** The GB-seconds billed for one invocation, whose time is rounded up to whole milliseconds. */
export function billedGbSeconds(memoryMiB: number, durationMs: number): number {
  return (memoryMiB / MIB_PER_GB) * (Math.ceil(durationMs) / 1000);
}

/** The sum of two usages. */
export function addUsage(left: Usage, right: Usage): Usage {
  return {
    invocations: left.invocations + right.invocations,
    gbSeconds: left.gbSeconds + right.gbSeconds,
    requests: addRequests(left.requests, right.requests),
    readBytes: left.readBytes + right.readBytes,
    writtenBytes: left.writtenBytes + right.writtenBytes,
  };
}

/** The sum of two counts of requests, by kind. */
export function addRequests(left: RequestsByKind, right: RequestsByKind): RequestsByKind {
  const sum: Partial<Record<RequestKind, number>> = { ...left };
  for (const kind of REQUEST_KINDS) {
    const more = right[kind] ?? 0;
    if (more > 0) sum[kind] = (sum[kind] ?? 0) + more;
  }
  return sum;
}
