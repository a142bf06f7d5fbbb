import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { type EtcdJournalOptions, openEtcdJournal } from '../../../coordinator/journal/etcd/etcd-journal.ts';
import type { SharedJournal } from '../../../coordinator/journal/journal.ts';
import { type EtcdServer, etcdBinary, startEtcd } from '../../../scripts/servers/etcd.ts';
import { MemoryStore } from '../../coordinator/jobs/memory-store.ts';

/** Returns the reason to skip these tests, or undefined if they can run. */
export function whyNoEtcd(): string | undefined {
  try {
    etcdBinary();
    return undefined;
  } catch (error) {
    return `no etcd: ${error instanceof Error ? error.message : String(error)}`;
  }
}

let shared: Promise<EtcdServer> | undefined;

/** Returns the server that tests share, except tests that stop or disconnect it. The server ends when the test process exits. */
export function sharedEtcd(): Promise<EtcdServer> {
  shared ??= startEtcd();
  return shared;
}

/** Stops the shared server. Must be called after all tests of a file. */
export async function closeSharedEtcd(): Promise<void> {
  await (await shared)?.close();
}

/** Starts a server for one test. */
export async function ownEtcd(t: TestContext): Promise<EtcdServer> {
  const server = await startEtcd();
  t.after(() => server.close());
  return server;
}

/** A key prefix for journals of one test, which no other test uses. */
export class EtcdPlace {
  readonly prefix = `test-${randomUUID()}/`;
  readonly store = new MemoryStore();
  readonly #t: TestContext;
  readonly #server: EtcdServer;

  constructor(t: TestContext, server: EtcdServer) {
    this.#t = t;
    this.#server = server;
  }

  /** Opens a journal as a separate coordinator. The journal is closed when the test ends. */
  async open(changes: Partial<EtcdJournalOptions> = {}): Promise<SharedJournal> {
    const { prefix, store } = this;
    const journal = openEtcdJournal({
      endpoints: [this.#server.endpoint],
      prefix,
      store,
      owner: 'a',
      ...changes,
    });
    this.#t.after(() => journal.close());
    return journal;
  }
}
