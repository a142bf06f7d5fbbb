import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

interface ConnectionLimits {
  /** Connections at once. */
  readonly maxSockets: number;
  /** The time a connection may be idle and still be reused. A connection in use may be silent for any time. */
  readonly idleMs: number;
  /** The interval of TCP keep-alive probes on a silent connection. */
  readonly tcpKeepAliveMs: number;
}

/**
 * HTTP agents that reuse connections, but never one that the server may be closing: if a request meets the close, it is unknown whether the
 * request ran. A connection idles for at most `idleMs`, or a second less than the server announces (`Keep-Alive: timeout=5`).
 */
export class KeptConnections {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** The time until which an idle connection may be reused, by `performance.now()`. */
  readonly #freshUntil = new WeakMap<Duplex, number>();

  constructor({ maxSockets, idleMs, tcpKeepAliveMs }: ConnectionLimits) {
    // `timeout` destroys idle connections only. For one in use it is an event without listeners.
    const options = { keepAlive: true, keepAliveMsecs: tcpKeepAliveMs, maxSockets, timeout: idleMs };
    this.httpAgent = this.#watched(new HttpAgent(options));
    this.httpsAgent = this.#watched(new HttpsAgent(options));
  }

  /**
   * Call this before each request. If this process was stopped or starved, the agents' timers and the server's close arrive late; the clock
   * does not.
   */
  closeStale(): void {
    const nowMs = performance.now();
    for (const { freeSockets } of [this.httpAgent, this.httpsAgent]) {
      for (const sockets of Object.values(freeSockets)) {
        // The sockets that have been idle longest come first.
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
      // The agent has just set the timeout, which takes the server's announcement into account.
      if (socket instanceof Socket) this.#freshUntil.set(socket, performance.now() + (socket.timeout ?? 0));
      return isKept;
    };
    return agent;
  }
}
