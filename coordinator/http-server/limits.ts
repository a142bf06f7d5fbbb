/** The timeouts of an HTTP server's connections. None of them limits the time until the response, because `?wait=` may take minutes. */
export const HTTP_TIMEOUTS = {
  /** The time limit for receiving all headers of a request. It also closes connections that send nothing. */
  headersMs: 15_000,
  /** The time limit for receiving a whole request with its body. */
  requestMs: 60_000,
  /** The time that a connection may be idle between two requests. */
  idleMs: 60_000,
  /** The interval at which the server checks these timeouts. */
  checkMs: 5_000,
  /** The time after which a silent connection gets its first TCP keep-alive probe. */
  tcpKeepAliveMs: 15_000,
} as const;

/** `HTTP_TIMEOUTS` as options of Node's HTTP server. */
export const SERVER_OPTIONS = {
  keepAlive: true,
  keepAliveInitialDelay: HTTP_TIMEOUTS.tcpKeepAliveMs,
  headersTimeout: HTTP_TIMEOUTS.headersMs,
  requestTimeout: HTTP_TIMEOUTS.requestMs,
  keepAliveTimeout: HTTP_TIMEOUTS.idleMs,
  connectionsCheckingInterval: HTTP_TIMEOUTS.checkMs,
} as const;

/** The maximum number of connections of a server with enough file descriptors. */
export const MAX_CONNECTIONS = 4096;
const MIN_CONNECTIONS = 8;
/** The number of files that the process itself needs: pipes to its children, the journal, inputs, and results that are being read. */
const RESERVED_FILES = 48;

/**
 * The maximum number of connections of a server whose process may open `files` files. Leaves half of the unreserved files for other work.
 */
export function connectionsWithin(files: number): number {
  return Math.min(MAX_CONNECTIONS, Math.max(MIN_CONNECTIONS, Math.floor((files - RESERVED_FILES) / 2)));
}
