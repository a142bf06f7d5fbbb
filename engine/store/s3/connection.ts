import { S3Client } from '@aws-sdk/client-s3';
import { Gate } from '../gate.ts';
import { Hedging } from './hedging.ts';
import { RetryStrategy } from './retry.ts';

export interface S3Options {
  /** Another server than AWS's own, as a URL. */
  readonly endpoint?: string;
  /** As the SDK finds it (environment, profile) where not given. */
  readonly region?: string;
  /** Whether the bucket stands in the path of a URL instead of its host name. By default just with an `endpoint`. */
  readonly pathStyle?: boolean;
  /** By the SDK's default chain (environment, profile, container, instance) where not given. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Attempts of one request, the first included. */
  readonly maxAttempts?: number;
  /** Reads under way at a time, and their bytes. */
  readonly maxReads?: number;
  readonly maxReadBytes?: number;
  /** Bytes of objects being sent at a time. */
  readonly maxWriteBytes?: number;
  /** The largest body of one request that writes: larger objects are sent in parts of this size, 5 MiB at least. */
  readonly partBytes?: number;
  /** The share of reads that may get a second request when they are slow; 0 turns that off. */
  readonly hedgedShare?: number;
  /** A connection that gives nothing for so long is given up. */
  readonly idleTimeoutMs?: number;
}

/** One process's way to an S3: sockets, what is under way, what is known of its latency. Stores for any of its buckets share it. */
export interface S3Connection {
  readonly client: S3Client;
  readonly reads: Gate;
  readonly writes: Gate;
  readonly hedging: Hedging;
  readonly partBytes: number;
  /** Where it leads, for messages. */
  readonly name: string;
  /** Closes its sockets; requests under way fail. */
  close(): void;
}

const MiB = 1 << 20;
const SMALLEST_PART_BYTES = 5 * MiB;

/** Room for all reads and their second requests, and for writes; far under a function's 1,024 file descriptors. */
const MAX_SOCKETS = 256;

/** Opens nothing yet: the first request does. */
export function connectS3(options: S3Options = {}): S3Connection {
  const { endpoint, region, credentials, maxAttempts = 8, idleTimeoutMs = 20_000 } = options;
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const client = new S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    ...(credentials === undefined ? {} : { credentials: { ...credentials } }),
    forcePathStyle: options.pathStyle ?? endpoint !== undefined,
    retryStrategy: new RetryStrategy(maxAttempts),
    maxAttempts,
    // Bodies that are sent are verified by the SHA-256 they are signed with; ranges that are read have no checksum of their own.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // With it the SDK opens a connection for each large write.
    expectContinueHeader: false,
    requestHandler: { httpAgent: agent, httpsAgent: agent, connectionTimeout: 3_000, socketTimeout: idleTimeoutMs },
  });
  // It copies every request and answer for a logger that is not there.
  client.middlewareStack.remove('loggerMiddleware');
  return {
    client,
    reads: new Gate(options.maxReads ?? 64, options.maxReadBytes ?? 128 * MiB),
    writes: new Gate(MAX_SOCKETS / 4, options.maxWriteBytes ?? 64 * MiB),
    hedging: new Hedging(options.hedgedShare ?? 0.1),
    partBytes: Math.max(SMALLEST_PART_BYTES, options.partBytes ?? 16 * MiB),
    name: endpoint ?? 'S3',
    close: () => client.destroy(),
  };
}
