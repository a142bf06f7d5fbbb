import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** A connection to a server that a test can cut, or make deaf. */
export class FlakyLink {
  readonly #server: Server;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  /** Whether what the server answers is dropped. */
  #isDeaf = false;
  /** Called when the server's answer to something is dropped. */
  #onDropped: () => void = () => {};
  /** Whether nothing passes, in no direction. */
  #isCut = false;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((client) => this.#accept(client));
  }

  /** Listens on a free port, for as long as the test goes on. */
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
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** From now on requests arrive and answers do not. Settles when the first answer was dropped; the connection is broken then. */
  async loseAnAnswer(): Promise<void> {
    const dropped = new Promise<void>((resolve) => {
      this.#onDropped = resolve;
    });
    this.#isDeaf = true;
    await dropped;
    this.#isDeaf = false;
    this.#dropConnections();
  }

  /** Nothing passes any more, and nobody is told. */
  cut(): void {
    this.#isCut = true;
  }

  /** Things pass again, on new connections. */
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
