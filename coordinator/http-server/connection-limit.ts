import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server, bounded in number. */
export interface LimitedConnections {
  /** Closes all connections without a request in progress, also those that have never sent one. */
  closeIdle(): void;
}

/**
 * Bounds the connections of a server. One more than `most` closes the connection that has been without a request for longest; if all have a
 * request in progress, the new one is closed. So connections that send nothing cannot keep others out.
 */
export function limitConnections(server: Server, most: number): LimitedConnections {
  /** Connections without a request in progress, longest first. */
  const idle = new Set<Socket>();
  /** The others, with the number of their requests: clients may send several without waiting for answers. */
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
