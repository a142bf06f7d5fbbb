import { FabricError } from '../../engine/errors.ts';

/** Errors of `listen` that the user can fix, with what to do. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there. End it, or choose another port with --port',
  EADDRNOTAVAIL: 'this machine has no such address. Choose another one with --host',
  EACCES: 'this user may not listen there. Choose a port from 1024 on with --port',
  ENOTFOUND: 'the host name is unknown. Choose another one with --host',
};

/** The error of a server that cannot listen: `USAGE`, with what to do. */
export function listenError(host: string, port: number, cause: unknown): FabricError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new FabricError('USAGE', `Cannot listen on ${shownHost(host)}:${port}: ${REASONS[code] ?? String(cause)}.`, {
    cause,
  });
}

/** A host as URLs show it: IPv6 addresses in brackets. */
export function shownHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
