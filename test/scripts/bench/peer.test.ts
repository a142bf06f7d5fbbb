import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Peer, startPeer } from '../../../scripts/bench/peer-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'volley-peer-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a peer, calls `use` with it, and ends it. */
async function withPeer(data: string, use: (peer: Peer) => Promise<void>): Promise<void> {
  const peer = await startPeer(data, 1);
  try {
    await use(peer);
  } finally {
    await peer.close();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('reads tables that are single files or folders, in Parquet and every text format', async () => {
  const data = join(folder, 'data');
  for (const path of ['parts', 'days/day=1', 'days/day=2', 'events/old'])
    mkdirSync(join(data, path), { recursive: true });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const [path, rows] of [
    ['single.parquet', 3],
    ['parts/1.parquet', 4],
    ['parts/[2].parquet', 5],
  ] as const)
    await connection.run(`COPY (FROM range(${rows})) TO '${join(data, path)}' (FORMAT parquet)`);
  connection.closeSync();
  writeFileSync(join(data, 'words.csv'), 'a,b\n1,x\n2,y\n');
  writeFileSync(join(data, 'packed.tsv.gz'), gzipSync('a\tb\n1\tx\n'));
  writeFileSync(join(data, 'days/day=1/x.csv'), 'a\n1\n2\n');
  writeFileSync(join(data, 'days/day=2/x.csv'), 'a\n3\n');
  writeFileSync(join(data, 'lines.ndjson'), '{"a":1}\n{"a":2}\n');
  writeFileSync(join(data, 'events/1.json'), '[{"a":1}]');
  writeFileSync(join(data, 'events/old/2.json'), '[{"a":2},{"a":3}]');
  writeFileSync(join(data, 'README.txt'), 'Not a table.');

  await withPeer(data, async (peer) => {
    for (const [sql, rows] of [
      ['FROM single', 3],
      ['FROM parts', 9],
      ['FROM words', 2],
      ['FROM packed', 1],
      ['FROM days WHERE day = 1', 2],
      ['FROM lines', 2],
      ['FROM events', 3],
    ] as const)
      assert.equal((await peer.run(sql)).rows, rows, sql);
  });
});

test('rejects a folder without tables and a missing folder', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  await assert.rejects(startPeer(empty, 1), /The folder .*empty contains no Parquet, CSV or JSON files\./);
  await assert.rejects(startPeer(join(folder, 'missing'), 1), /missing/);
});

test('rejects a failed query with the first line of its message, and runs the next query', async () => {
  const data = join(folder, 'one');
  mkdirSync(data);
  writeFileSync(join(data, 't.csv'), 'a\n1\n');
  await withPeer(data, async (peer) => {
    await assert.rejects(peer.run('FROM nothing'), { message: /^Catalog Error: .*nothing[^\n]*$/ });
    assert.equal((await peer.run('FROM t')).rows, 1);
  });
});

test('rejects a running query when its process is killed or the signal is aborted', async () => {
  const endless = 'SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b';
  await withPeer(join(folder, 'one'), async (peer) => {
    const stop = new AbortController();
    const running = assert.rejects(peer.run(endless, stop.signal), { name: 'AbortError' });
    stop.abort();
    await running;
    const lost = assert.rejects(peer.run(endless), /The DuckDB process ended \(SIGKILL\)\./);
    process.kill(peer.pid, 'SIGKILL');
    await lost;
    assert.equal(isAlive(peer.pid), false);
  });
});
