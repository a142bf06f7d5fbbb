/** Time-outs of an HTTP server's connections. None limits how long an answer may take: `?wait=` is silent for minutes. */
export const HTTP_TIMEOUTS = {
  /** From the connection, or from the request before on it, to the end of a request's headers. Bounds connections that send nothing. */
  headersMs: 15_000,
  /** For the whole request with its body. */
  requestMs: 60_000,
  /** For a connection between two requests. */
  idleMs: 60_000,
  /** How often the time-outs are checked. */
  checkMs: 5_000,
  /** When a silent connection is first probed with TCP keep-alive. */
  tcpKeepAliveMs: 15_000,
} as const;

/** Options of Node's server for `HTTP_TIMEOUTS`. */
export const SERVER_OPTIONS = {
  keepAlive: true,
  keepAliveInitialDelay: HTTP_TIMEOUTS.tcpKeepAliveMs,
  headersTimeout: HTTP_TIMEOUTS.headersMs,
  requestTimeout: HTTP_TIMEOUTS.requestMs,
  keepAliveTimeout: HTTP_TIMEOUTS.idleMs,
  connectionsCheckingInterval: HTTP_TIMEOUTS.checkMs,
} as const;

/** The most connections of a server with enough file descriptors. */
export const MAX_CONNECTIONS = 4096;
const MIN_CONNECTIONS = 8;
/** What the process needs by itself: pipes to its children, the journal, inputs and results being read. */
const RESERVED_FILES = 48;

/** How many connections a server may hold in a process that may open `files` files, so that half of the others remain for its work. */
export function connectionsWithin(files: number): number {
  return Math.min(MAX_CONNECTIONS, Math.max(MIN_CONNECTIONS, Math.floor((files - RESERVED_FILES) / 2)));
}
