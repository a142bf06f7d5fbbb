import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

interface ConnectionLimits {
  /** Connections at once. */
  readonly maxSockets: number;
  /** How long one may idle and still be used again; one in use may be silent for any time. */
  readonly idleMs: number;
  /** Between two signs of life on a silent connection. */
  readonly tcpKeepAliveMs: number;
}

/**
 * Agents whose connections are used again, but never one that its server may be closing: whether a request was run that meets the close is
 * not known. So each idles for `idleMs` at most, or a second less than its server says (`Keep-Alive: timeout=5`).
 */
export class KeptConnections {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** Until when, by `performance.now()`, what idles may be used again. */
  readonly #freshUntil = new WeakMap<Duplex, number>();

  constructor({ maxSockets, idleMs, tcpKeepAliveMs }: ConnectionLimits) {
    // An agent destroys at its `timeout` only what idles: of one in use it is an event that nobody listens to.
    const options = { keepAlive: true, keepAliveMsecs: tcpKeepAliveMs, maxSockets, timeout: idleMs };
    this.httpAgent = this.#watched(new HttpAgent(options));
    this.httpsAgent = this.#watched(new HttpsAgent(options));
  }

  /**
   * To be called before a request. The agents' timers, and the word that a server has closed a connection, come late where this process was
   * stopped or got no processor; the clock does not.
   */
  closeStale(): void {
    const nowMs = performance.now();
    for (const { freeSockets } of [this.httpAgent, this.httpsAgent]) {
      for (const sockets of Object.values(freeSockets)) {
        // Those that have idled longest come first.
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
      // The time the agent has just set, by what the server says too.
      if (socket instanceof Socket) this.#freshUntil.set(socket, performance.now() + (socket.timeout ?? 0));
      return isKept;
    };
    return agent;
  }
}
