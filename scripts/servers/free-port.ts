import { once } from 'node:events';
import { createServer } from 'node:net';

/** Returns a loopback port that is currently free. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('Expected one port.');
  return port;
}

/** Returns several distinct loopback ports that are currently free. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The server has no port.');
      server.close();
      await once(server, 'close');
      return address.port;
    }),
  );
}
