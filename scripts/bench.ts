/**
 * TPC-H, paired in one run with plain DuckDB on the same files with the same number of threads:
 *
 *   npm run bench -- --scale 1 [--repeat 3] [--queries 1,6,17] [--data DIRECTORY]
 *
 * Each repetition runs every query on the peer and in three shapes, one after another, so that a slow moment of the machine hits all
 * of them; the best of the repetitions counts. Processes are running before the first measurement.
 */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { loadConfig } from '../functions/config/config.ts';
import type { EmbeddedSession } from '../functions/embedded/session.ts';
import { scriptArguments } from './arguments.ts';
import type { PeerAnswer } from './bench/peer.ts';
import { processTreeUse } from './bench/process-tree.ts';
import { type Measurement, printReport, type ShapeName } from './bench/report.ts';
import { officialTpch } from './tpch/official.ts';

const { openEmbedded }: typeof import('../functions/embedded/session.ts') = await import(
  new URL('../dist/session.js', import.meta.url).href
);

const { options: flags } = scriptArguments(
  {
    name: 'npm run bench --',
    about:
      'TPC-H, paired in one run with plain DuckDB on the same files with the same number of threads (docs/performance.md).',
  },
  {
    scale: { value: 'N', default: '1', about: 'scale factor of the generated data, which needs Python 3' },
    repeat: { value: 'N', default: '3', about: 'number of repetitions, of which the best counts' },
    queries: { value: '1,6,17', about: 'only these queries (all 22 by default)' },
    data: { value: 'directory', about: "the tables' Parquet files, instead of generated ones" },
  },
);

const threads = availableParallelism();
const data = flags.data ?? officialTpch(Number(flags.scale));
const queries = (flags.queries ?? Array.from({ length: 22 }, (_, index) => index + 1).join(','))
  .split(',')
  .map((text) => `q${text.trim().padStart(2, '0')}`);

const peer = fork(new URL('./bench/peer.ts', import.meta.url), [data, String(threads)]);
await once(peer, 'message');

async function runPeer(sql: string): Promise<Measurement> {
  peer.send({ sql });
  const [answer] = (await once(peer, 'message')) as [PeerAnswer];
  return { ...answer, shuffleRows: 0, shuffleBytes: 0, tasks: 1, residentBytes: 0 };
}

async function runVolley(session: EmbeddedSession, sql: string): Promise<Measurement> {
  const peerCpu = processTreeUse(peer.pid ?? 0).cpuSeconds;
  const before = processTreeUse(process.pid).cpuSeconds;
  const start = performance.now();
  const result = await session.run(sql, { resultFormat: 'arrow', explain: false });
  let rows = 0;
  if (result.kind === 'rows') for await (const { batch } of result.result.batches) rows += batch.rows;
  const wallSeconds = (performance.now() - start) / 1000;
  await result.release();
  const after = processTreeUse(process.pid);
  const cpuSeconds = after.cpuSeconds - before - (processTreeUse(peer.pid ?? 0).cpuSeconds - peerCpu);
  const figures = result.kind === 'rows' ? result.figures : undefined;
  return {
    wallSeconds,
    cpuSeconds,
    rows,
    shuffleRows: figures?.shuffleRows ?? 0,
    shuffleBytes: figures?.shuffleBytes ?? 0,
    tasks: figures?.tasksTotal ?? 0,
    residentBytes: after.residentBytes - processTreeUse(peer.pid ?? 0).residentBytes,
  };
}

const shapes: readonly { readonly name: ShapeName; readonly set: readonly string[] }[] = [
  { name: 'default', set: [] },
  { name: 'fanout=4', set: ['fanout=4'] },
  { name: 'fanout=4 broadcast_limit=0', set: ['fanout=4', 'broadcast_limit=0'] },
];
const sessions = await Promise.all(
  shapes.map(async ({ name, set }) => ({ name, session: await openEmbedded(loadConfig({ data: [data], set })) })),
);

/** From a shell to its exit: processes, planning, one task, the row. */
function startSeconds(): number {
  const start = performance.now();
  execFileSync(process.execPath, ['bin/volley.js', 'sql', 'select 1'], { stdio: 'ignore' });
  return (performance.now() - start) / 1000;
}

const measured = new Map<string, Map<ShapeName | 'duckdb', Measurement[]>>();
const record = (query: string, who: ShapeName | 'duckdb', measurement: Measurement): void => {
  const ofQuery = measured.get(query) ?? new Map<ShapeName | 'duckdb', Measurement[]>();
  measured.set(query, ofQuery.set(who, [...(ofQuery.get(who) ?? []), measurement]));
};

try {
  for (let repetition = 0; repetition < Number(flags.repeat); repetition++) {
    for (const query of queries) {
      const sql = readFileSync(new URL(`../test/tpch/queries/${query}.sql`, import.meta.url), 'utf8');
      record(query, 'duckdb', await runPeer(sql));
      for (const { name, session } of sessions) record(query, name, await runVolley(session, sql));
      process.stderr.write(`\r${repetition + 1}/${flags.repeat} ${query} `);
    }
  }
} finally {
  process.stderr.write('\r\u001b[K');
  await Promise.all(sessions.map(({ session }) => session.close()));
  peer.disconnect();
}
const starts = Array.from({ length: 5 }, startSeconds);
printReport({
  measured,
  starts,
  machine: `${cpus()[0]?.model ?? 'unknown CPU'}, ${threads} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  scale: flags.scale,
  repetitions: Number(flags.repeat),
});
