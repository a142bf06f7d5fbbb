/** Runs the benchmark's queries on the peer and on one session for each shape. */
import { availableParallelism } from 'node:os';
import { loadConfig } from '../../functions/config/config.ts';
import type { EmbeddedSession, openEmbedded } from '../../functions/embedded/session.ts';
import { type Peer, startPeer } from './peer-process.ts';
import { processTreeUse } from './process-tree.ts';
import type { Measurement, Report, ShapeName } from './report.ts';

const shapes: readonly { readonly name: ShapeName; readonly set: readonly string[] }[] = [
  { name: 'default', set: [] },
  { name: 'fanout=4', set: ['fanout=4'] },
  { name: 'fanout=4 broadcast_limit=0', set: ['fanout=4', 'broadcast_limit=0'] },
];

export interface MeasureOptions {
  readonly openEmbedded: typeof openEmbedded;
  /** The folder with the tables. */
  readonly data: string;
  readonly queries: readonly { readonly name: string; readonly sql: string }[];
  readonly repetitions: number;
  /** Stops the measurement, which then rejects. */
  readonly signal: AbortSignal;
  readonly onQuery: (repetition: number, query: string) => void;
}

/**
 * Measures each query the requested number of times. Rejects with the first failure, which names the query and the
 * engine. All child processes have ended by the time the promise settles.
 */
export async function measureQueries(options: MeasureOptions): Promise<Report['measured']> {
  const { openEmbedded, data, signal } = options;
  const opening = [
    startPeer(data, availableParallelism(), signal),
    ...shapes.map(({ set }) => openEmbedded(loadConfig({ data: [data], set }))),
  ] as const;
  const opened = await Promise.allSettled(opening);
  try {
    const [peer, ...sessions] = await Promise.all(opening);
    return await measureAll(options, peer, sessions);
  } finally {
    await Promise.all(opened.map((each) => (each.status === 'fulfilled' ? each.value.close() : undefined)));
  }
}

async function measureAll(
  { queries, repetitions, signal, onQuery }: MeasureOptions,
  peer: Peer,
  sessions: readonly EmbeddedSession[],
): Promise<Report['measured']> {
  const measured = new Map(queries.map(({ name }) => [name, new Map<ShapeName | 'duckdb', Measurement[]>()]));
  for (let repetition = 1; repetition <= repetitions; repetition += 1) {
    for (const { name: query, sql } of queries) {
      const record = async (engine: ShapeName | 'duckdb', measurement: Promise<Measurement>): Promise<void> => {
        const ofQuery = measured.get(query);
        const earlier = ofQuery?.get(engine) ?? [];
        ofQuery?.set(engine, [...earlier, await naming(`${query} (${engine})`, measurement)]);
      };
      onQuery(repetition, query);
      await record('duckdb', runPeer(peer, sql, signal));
      for (const [index, { name }] of shapes.entries()) {
        const session = sessions[index];
        if (session !== undefined) await record(name, runVolley(session, peer, sql, signal));
      }
    }
  }
  return measured;
}

async function naming<T>(what: string, running: Promise<T>): Promise<T> {
  try {
    return await running;
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

async function runPeer(peer: Peer, sql: string, signal: AbortSignal): Promise<Measurement> {
  const { wallSeconds, cpuSeconds, rows } = await peer.run(sql, signal);
  return { wallSeconds, cpuSeconds, rows, shuffleRows: 0, shuffleBytes: 0, tasks: 1, residentBytes: 0 };
}

/** Measures CPU and memory of this process and all its children except the peer. */
async function runVolley(session: EmbeddedSession, peer: Peer, sql: string, signal: AbortSignal): Promise<Measurement> {
  const peerBefore = processTreeUse(peer.pid);
  const before = processTreeUse(process.pid);
  const start = performance.now();
  const result = await session.run(sql, { resultFormat: 'arrow', explain: false, signal });
  let rows = 0;
  if (result.kind === 'rows') for await (const { batch } of result.result.batches) rows += batch.rows;
  const wallSeconds = (performance.now() - start) / 1000;
  await result.release();
  const after = processTreeUse(process.pid);
  const peerAfter = processTreeUse(peer.pid);
  const figures = result.kind === 'rows' ? result.figures : undefined;
  return {
    wallSeconds,
    cpuSeconds: after.cpuSeconds - before.cpuSeconds - (peerAfter.cpuSeconds - peerBefore.cpuSeconds),
    rows,
    shuffleRows: figures?.shuffleRows ?? 0,
    shuffleBytes: figures?.shuffleBytes ?? 0,
    tasks: figures?.tasksTotal ?? 0,
    residentBytes: after.residentBytes - peerAfter.residentBytes,
  };
}
