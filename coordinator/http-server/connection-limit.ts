import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server with a connection limit. */
export interface LimitedConnections {
  /** Closes all connections without a request in progress, including those that have never sent a request. */
  closeIdle(): void;
}

/**
 * Limits the connections of a server to `most`. When a further connection opens, the connection that has been idle for longest is closed.
 * If every connection has a request in progress, the new one is closed. Thus connections that send nothing cannot block others.
 */
export function limitConnections(server: Server, most: number): LimitedConnections {
  /** Connections without a request in progress. The one that has been idle for longest comes first. */
  const idle = new Set<Socket>();
  /** The number of requests in progress on every other connection. Clients may send several requests without waiting for responses. */
  const busy = new Map<Socket, number>();
  server.on('connection', (socket: Socket) => {
    if (idle.size + busy.size >= most) {
      const [longest] = idle;
      if (longest === undefined) {
        socket.destroy();
        return;
      }
      idle.delete(longest);
      longest.destroy();
    }
    idle.add(socket);
    socket.once('close', () => {
      idle.delete(socket);
      busy.delete(socket);
    });
  });
  server.on('request', ({ socket }, response) => {
    idle.delete(socket);
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (busy.get(socket) ?? 1) - 1;
      if (left > 0) busy.set(socket, left);
      else busy.delete(socket);
      if (left === 0 && !socket.destroyed) idle.add(socket);
    });
  });
  return {
    closeIdle: () => {
      for (const socket of idle) socket.destroy();
    },
  };
}
