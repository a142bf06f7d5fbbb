import { S3Client } from '@aws-sdk/client-s3';
import { Gate } from '../gate.ts';
import { Hedging } from './hedging.ts';
import { RetryStrategy } from './retry.ts';

export interface S3Options {
  /** The URL of a server other than AWS's. */
  readonly endpoint?: string;
  /** By default, as the SDK finds it (environment, profile). */
  readonly region?: string;
  /** Whether the bucket is in the path of URLs instead of the host name. By default only with an `endpoint`. */
  readonly pathStyle?: boolean;
  /** By default, the SDK's chain (environment, profile, container, instance). */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Attempts of one request, including the first. */
  readonly maxAttempts?: number;
  /** Concurrent reads, and their bytes. */
  readonly maxReads?: number;
  readonly maxReadBytes?: number;
  /** Bytes of objects being sent at a time. */
  readonly maxWriteBytes?: number;
  /** The largest request body. Larger objects are sent in parts of this size, at least 5 MiB. */
  readonly partBytes?: number;
  /** The share of reads that may get a second request when they are slow; 0 turns hedging off. */
  readonly hedgedShare?: number;
  /** The time a connection may be silent before it is closed. */
  readonly idleTimeoutMs?: number;
}

/** A process's connection to S3: sockets, limits of concurrent work, and measured latencies. Stores of all buckets share it. */
export interface S3Connection {
  readonly client: S3Client;
  readonly reads: Gate;
  readonly writes: Gate;
  readonly hedging: Hedging;
  readonly partBytes: number;
  /** The address, for messages. */
  readonly name: string;
  /** Closes the sockets; pending requests fail. */
  close(): void;
}

const MiB = 1 << 20;
const SMALLEST_PART_BYTES = 5 * MiB;

/** Enough for all reads, their second requests, and writes; far below a function's 1,024 file descriptors. */
const MAX_SOCKETS = 256;

/** Connects lazily, with the first request. */
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
    // Request bodies are verified by the SHA-256 in their signature. Ranged reads have no checksum.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // With it the SDK opens a connection for each large write.
    expectContinueHeader: false,
    requestHandler: { httpAgent: agent, httpsAgent: agent, connectionTimeout: 3_000, socketTimeout: idleTimeoutMs },
  });
  // The SDK would copy every request and answer for a logger, which Volley does not have.
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
