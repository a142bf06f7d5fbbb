import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { after, describe, type TestContext, test } from 'node:test';
import { FilterType } from 'etcd3';
import { connect } from '../../../coordinator/journal/etcd/connection.ts';
import { follow } from '../../../coordinator/journal/etcd/follow.ts';
import { Barrier } from '../../coordinator/jobs/coordinator-fixture.ts';
import { closeSharedEtcd, EtcdPlace, sharedEtcd, whyNoEtcd } from './fixture.ts';

/** Follows a prefix until the test ends. `list` receives the number of listings so far, including the current one. */
function startFollowing(
  t: TestContext,
  endpoint: string,
  prefix: string,
  told: { readonly list: (times: number) => Promise<bigint>; readonly changed?: (key: string) => void },
  againMs?: number,
): void {
  const client = connect({ endpoints: [endpoint] });
  const stop = new AbortController();
  let lists = 0;
  const following = follow(client, {
    prefix,
    without: FilterType.Nodelete,
    list: () => {
      lists += 1;
      return told.list(lists);
    },
    changed: ({ key }) => told.changed?.(key.toString()),
    ...(againMs === undefined ? {} : { againMs: () => againMs }),
    signal: stop.signal,
  });
  t.after(async () => {
    stop.abort();
    await following;
    client.close();
  });
}

describe('following a prefix', { skip: whyNoEtcd() ?? false, timeout: 60_000 }, () => {
  after(closeSharedEtcd);

  test('lists the keys again when a watch expires, and reports changes before and after each listing', async (t) => {
    const server = await sharedEtcd();
    const { prefix } = new EtcdPlace(t, server);
    const client = connect({ endpoints: [server.endpoint] });
    t.after(() => client.close());
    const [lists, changes] = [[new Barrier(), new Barrier(), new Barrier()], new Map<string, Barrier>()];
    const list = async (times: number): Promise<bigint> => {
      const { kvs, header } = await client.getAll().prefix(prefix).exec();
      for (const { key } of kvs) changes.get(key.toString())?.open();
      lists[times - 1]?.open();
      return BigInt(header.revision);
    };
    startFollowing(t, server.endpoint, prefix, { list, changed: (key) => changes.get(key)?.open() }, 50);
    for (const [at, listed] of lists.entries()) {
      await listed.opened;
      const change = new Barrier();
      changes.set(`${prefix}${at}`, change);
      await client.put(`${prefix}${at}`).value('');
      await change.opened;
    }
  });

  test('lists the keys again if a member accepts connections but never answers', async (t) => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    assert.ok(address !== null && typeof address === 'object');
    const again = new Barrier();
    const list = async (times: number): Promise<bigint> => {
      if (times === 2) again.open();
      return 1n;
    };
    startFollowing(t, `http://127.0.0.1:${address.port}`, 'any/', { list });
    await again.opened;
    silent.close();
    for (const socket of sockets) socket.destroy();
  });
});
