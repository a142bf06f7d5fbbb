import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of the loopback that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('One port was asked for.');
  return port;
}

/** So many of them, each another. */
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
      if (address === null || typeof address === 'string') throw new Error('The loopback gave no port.');
      server.close();
      await once(server, 'close');
      return address.port;
    }),
  );
}
