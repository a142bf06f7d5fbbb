import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** A proxy for a server. A test can interrupt the connection or make the proxy drop answers. */
export class FlakyLink {
  readonly #server: Server;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  /** Whether answers are dropped. */
  #isDeaf = false;
  /** Called when an answer is dropped. */
  #onDropped: () => void = () => {};
  /** Whether forwarding is stopped in both directions. */
  #isCut = false;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((client) => this.#accept(client));
  }

  /** Starts a proxy that listens on a free port until the test ends. */
  static async start(t: TestContext, target: string): Promise<FlakyLink> {
    const proxy = new FlakyLink(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    t.after(() => {
      proxy.#server.close();
      proxy.#dropConnections();
    });
    return proxy;
  }

  get endpoint(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy is not listening.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Forwards requests but drops answers until the first answer is dropped. Then closes all connections and resolves. */
  async loseAnAnswer(): Promise<void> {
    const dropped = new Promise<void>((resolve) => {
      this.#onDropped = resolve;
    });
    this.#isDeaf = true;
    await dropped;
    this.#isDeaf = false;
    this.#dropConnections();
  }

  /** Stops forwarding without closing any connection. */
  cut(): void {
    this.#isCut = true;
  }

  /** Closes all connections, and forwards data on new connections again. */
  mend(): void {
    this.#isCut = false;
    this.#dropConnections();
  }

  #accept(client: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname);
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    }
    client.on('data', (bytes) => this.#isCut || server.write(bytes));
    client.on('close', () => server.destroy());
    server.on('data', (bytes) => {
      if (this.#isCut) return;
      if (this.#isDeaf) this.#onDropped();
      else client.write(bytes);
    });
    server.on('close', () => client.destroy());
  }

  #dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
