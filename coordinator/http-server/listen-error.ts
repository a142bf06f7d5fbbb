import { FabricError } from '../../engine/errors.ts';

/** The reasons for errors of `listen` that the user can fix, with advice. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use. Stop the other process, or choose another port with --port',
  EADDRNOTAVAIL: 'this machine has no such address. Choose another address with --host',
  EACCES: 'this user may not use this port. Choose a port above 1023 with --port',
  ENOTFOUND: 'the host name is unknown. Choose another name with --host',
};

/** The `USAGE` error for a server that cannot listen. The message includes advice if the user can fix the cause. */
export function listenError(host: string, port: number, cause: unknown): FabricError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new FabricError('USAGE', `Cannot listen on ${shownHost(host)}:${port}: ${REASONS[code] ?? String(cause)}.`, {
    cause,
  });
}

/** A host in the form that URLs use, with IPv6 addresses in brackets. */
export function shownHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
