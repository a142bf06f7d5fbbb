import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

interface ConnectionLimits {
  /** The maximum number of connections. */
  readonly maxSockets: number;
  /** How long a connection may be idle and still be reused. A connection in use may be silent for any length of time. */
  readonly idleMs: number;
  /** The interval of TCP keep-alive probes on a silent connection. */
  readonly tcpKeepAliveMs: number;
}

/**
 * HTTP agents that reuse connections, except those that the server may be closing. If the server closed a connection during a request, it
 * would be unknown whether the request ran. A connection is reused within `idleMs`, or within one second less than the timeout that the
 * server announces (`Keep-Alive: timeout=5`), whichever is shorter.
 */
export class KeptConnections {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** The time until which each idle connection may be reused, according to `performance.now()`. */
  readonly #freshUntil = new WeakMap<Duplex, number>();

  constructor({ maxSockets, idleMs, tcpKeepAliveMs }: ConnectionLimits) {
    // `timeout` destroys only idle connections. On a connection in use, the event has no listeners.
    const options = { keepAlive: true, keepAliveMsecs: tcpKeepAliveMs, maxSockets, timeout: idleMs };
    this.httpAgent = this.#watched(new HttpAgent(options));
    this.httpsAgent = this.#watched(new HttpsAgent(options));
  }

  /**
   * Closes idle connections that are too old. Call this before each request. If this process was suspended or starved, the agents' timers
   * and the server's close arrive late, but the clock is correct.
   */
  closeStale(): void {
    const nowMs = performance.now();
    for (const { freeSockets } of [this.httpAgent, this.httpsAgent]) {
      for (const sockets of Object.values(freeSockets)) {
        // The connections that have been idle for longest come first.
        for (const socket of sockets ?? []) {
          if ((this.#freshUntil.get(socket) ?? 0) > nowMs) break;
          socket.destroy();
        }
      }
    }
  }

  #watched<A extends HttpAgent>(agent: A): A {
    const keep = agent.keepSocketAlive.bind(agent);
    agent.keepSocketAlive = (socket) => {
      const isKept = keep(socket);
      // The agent has just set this timeout from `idleMs` and the server's announcement.
      if (socket instanceof Socket) this.#freshUntil.set(socket, performance.now() + (socket.timeout ?? 0));
      return isKept;
    };
    return agent;
  }
}
