import { Etcd3 } from 'etcd3';
import type { EtcdServer } from '../../../scripts/servers/etcd.ts';

/** A transaction in etcd's history. */
export interface Transaction {
  readonly revision: number;
  /** The total size of the keys and values that the transaction wrote. */
  readonly sizeBytes: number;
  readonly puts: readonly string[];
}

/** Returns the server's revision, which increases with every transaction that changes data. */
export async function revisionOf(server: EtcdServer): Promise<number> {
  const client = new Etcd3({ hosts: server.endpoint });
  try {
    const { header } = await client.getAll().prefix('none').exec();
    return Number(header.revision);
  } finally {
    client.close();
  }
}

/** Returns all transactions under a prefix after a revision, as found in etcd's history. */
export async function transactionsSince(server: EtcdServer, revision: number, prefix: string): Promise<Transaction[]> {
  const client = new Etcd3({
    hosts: server.endpoint,
    grpcOptions: { 'grpc.max_receive_message_length': -1 },
  });
  const end = await revisionOf(server);
  const found = new Map<number, { sizeBytes: number; puts: string[] }>();
  const stream = await client.watchClient.watch();
  try {
    await new Promise<void>((resolve, reject) => {
      stream.on('error', reject);
      stream.on('data', ({ events }) => {
        for (const { kv, type } of events) {
          const at = Number(kv.mod_revision);
          const transaction = found.get(at) ?? { sizeBytes: 0, puts: [] };
          found.set(at, transaction);
          transaction.sizeBytes += kv.key.byteLength + kv.value.byteLength;
          if (String(type).toLowerCase() === 'put') transaction.puts.push(kv.key.toString());
          // The end marker, which is written below, is in the watched range.
          if (at > end) resolve();
        }
      });
      const key = Buffer.from(prefix);
      const range_end = Buffer.from(`${prefix.slice(0, -1)}0`);
      stream.write({ create_request: { key, range_end, start_revision: String(revision + 1) } });
      client.put(`${prefix}end-of-history`).value('').exec().catch(reject);
    });
    await client.delete().key(`${prefix}end-of-history`).exec();
  } finally {
    stream.cancel();
    client.close();
  }
  return [...found]
    .filter(([at]) => at <= end)
    .map(([at, transaction]) => ({ revision: at, ...transaction }))
    .sort((a, b) => a.revision - b.revision);
}
