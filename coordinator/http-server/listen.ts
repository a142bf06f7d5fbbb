import { once } from 'node:events';
import type { Server } from 'node:http';
import { FabricError } from '../../engine/errors.ts';

/** Why an address cannot be listened on, where whoever chose it can choose another. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there. End it, or choose another with --port',
  EADDRNOTAVAIL: 'this machine has no such address. Choose another with --host',
  EACCES: 'this user may not listen there. Choose a port from 1024 on with --port',
  ENOTFOUND: 'there is no host of that name. Choose another with --host',
};

/** Makes a server listen; port 0 takes any free one. Gives its URL. Rejects with `USAGE` where the address cannot be had. */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  const shownHost = host.includes(':') ? `[${host}]` : host;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const reason = REASONS[code] ?? String(cause);
    throw new FabricError('USAGE', `Cannot listen on ${shownHost}:${port}: ${reason}.`, { cause });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return `http://${shownHost}:${address.port}`;
}
