import { S3Client } from '@aws-sdk/client-s3';
import { Gate } from '../gate.ts';
import { Hedging } from './hedging.ts';
import { RetryStrategy } from './retry.ts';

export interface S3Options {
  /** The URL of a server other than AWS. */
  readonly endpoint?: string;
  /** The region. By default, the SDK determines it from the environment or a profile. */
  readonly region?: string;
  /** Whether URLs contain the bucket in the path instead of the host name. The default is true if `endpoint` is set. */
  readonly pathStyle?: boolean;
  /** Credentials. By default, the SDK looks for them in the environment, a profile, the container and the instance. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** The maximum number of attempts of one request, including the first. */
  readonly maxAttempts?: number;
  /** The maximum number of concurrent reads, and of their bytes. */
  readonly maxReads?: number;
  readonly maxReadBytes?: number;
  /** The maximum number of bytes of objects being sent at the same time. */
  readonly maxWriteBytes?: number;
  /** The maximum size of a request body, at least 5 MiB. Larger objects are sent in parts of this size. */
  readonly partBytes?: number;
  /** The maximum share of reads that may get a second request when they are slow. 0 disables hedging. */
  readonly hedgedShare?: number;
  /** How long a connection may be silent before it is closed. */
  readonly idleTimeoutMs?: number;
}

/**
 * A process's connection to S3: its sockets, limits of concurrent work, and measured latencies. The stores of all
 * buckets share it.
 */
export interface S3Connection {
  readonly client: S3Client;
  readonly reads: Gate;
  readonly writes: Gate;
  readonly hedging: Hedging;
  readonly partBytes: number;
  /** The server's address for messages. */
  readonly name: string;
  /** Closes the sockets. Pending requests fail. */
  close(): void;
}

const MiB = 1 << 20;
const SMALLEST_PART_BYTES = 5 * MiB;

/**
 * The maximum number of sockets. It is enough for all reads, their second requests, and writes, and far below a
 * function's limit of 1,024 file descriptors.
 */
const MAX_SOCKETS = 256;

/** Creates a connection. It connects with the first request. */
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
    // With the `Expect: 100-continue` header, the SDK opens a new connection for each large write.
    expectContinueHeader: false,
    requestHandler: { httpAgent: agent, httpsAgent: agent, connectionTimeout: 3_000, socketTimeout: idleTimeoutMs },
  });
  // With a logger, the SDK would copy every request and response. Volley does not use one.
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
