import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { loadConfig } from '../../functions/config/config.ts';
import type { EmbeddedSession } from '../../functions/embedded/session.ts';
import { type Answer, difference, plainAnswer, volleyAnswer } from './answers.ts';
import { choicesFrom } from './choices.ts';
import { generateQuery } from './generate.ts';
import { type Query, querySql, smaller } from './query.ts';
import { writeTables } from './tables.ts';

/** The settings with which each query runs. */
const SHAPES = ['', 'SET fanout = 4; ', 'SET fanout = 4; SET broadcast_limit = 0; '];
/** The number of queries over the same random tables. */
const QUERIES_PER_DATA = 500;
/** Error codes that do not count as differences. */
const REFUSALS: ReadonlySet<string> = new Set(['PLAN_UNSUPPORTED']);

export interface FuzzOptions {
  readonly seed: number;
  readonly queries: number;
  /** `openEmbedded` from the built `dist/session.js`. */
  readonly open: typeof import('../../functions/embedded/session.ts').openEmbedded;
  readonly say: (line: string) => void;
}

export interface FuzzFigures {
  queries: number;
  /** The number of queries that plain DuckDB rejects, by error message. */
  readonly failed: Map<string, number>;
  /** The number of queries that return no rows. */
  empty: number;
  /** The number of queries that Volley refuses, by error message. */
  readonly refused: Map<string, number>;
  readonly different: Different[];
}

export interface Different {
  /** The seed that generates the query. */
  readonly seed: number;
  readonly shape: string;
  readonly reason: string;
  /** The shrunk query. */
  readonly sql: string;
}

/**
 * Runs random queries in all shapes and compares their rows with plain DuckDB's. Query number n of a given seed is
 * always the same.
 */
export async function fuzz({ seed, queries, open, say }: FuzzOptions): Promise<FuzzFigures> {
  const figures: FuzzFigures = { queries: 0, failed: new Map(), empty: 0, refused: new Map(), different: [] };
  for (let first = 0; first < queries; first += QUERIES_PER_DATA) {
    const dataSeed = seed + first;
    const here = Math.min(QUERIES_PER_DATA, queries - first);
    await withTables(dataSeed, open, async (bench) => {
      for (let index = 0; index < here; index += 1) await runOne(bench, seed + first + index, figures, say);
    });
    say(`${figures.queries} queries, ${figures.different.length} differences`);
  }
  return figures;
}

interface Bench {
  readonly session: EmbeddedSession;
  query(seed: number): Query;
  plain(sql: string): Promise<Answer>;
}

async function withTables(
  seed: number,
  open: FuzzOptions['open'],
  use: (bench: Bench) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'volley-fuzz-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const tables = await writeTables(connection, data, choicesFrom(seed));
    for (const { isCopied, name, reader } of tables)
      await connection.run(`CREATE ${isCopied ? 'TABLE' : 'VIEW'} ${name} AS FROM ${reader}`);
    const session = await open(loadConfig({ data: [data], set: ['timezone=UTC'] }, { VOLLEY_STATE_DIR: folder }));
    try {
      await use({
        session,
        query: (querySeed) => generateQuery(choicesFrom(querySeed ^ 0x5bd1e995), tables),
        plain: (sql) => plainAnswer(connection, sql),
      });
    } finally {
      await session.close();
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runOne(bench: Bench, seed: number, figures: FuzzFigures, say: (line: string) => void): Promise<void> {
  const query = bench.query(seed);
  const expected = await bench.plain(querySql(query));
  figures.queries += 1;
  if (expected.kind === 'error') count(figures.failed, expected.message.split('\n')[0] ?? '');
  else if (expected.rows.length === 0) figures.empty += 1;
  for (const shape of SHAPES) {
    const actual = await volleyAnswer(bench.session, shape + querySql(query));
    if (actual.kind === 'error' && REFUSALS.has(actual.code)) {
      const message = actual.message.replace(/ It is at line[\s\S]*$/, '');
      count(figures.refused, message);
      return;
    }
    const reason = difference(expected, actual, query);
    if (reason === undefined) continue;
    const shrunk = await shrink(bench, query, shape);
    const different = { seed, shape, reason: shrunk.reason ?? reason, sql: querySql(shrunk.query) };
    figures.different.push(different);
    say(`DIFFERENT at seed ${seed}, ${shape === '' ? 'default' : shape}: ${different.reason}\n  ${different.sql}`);
    return;
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Removes parts of a query while the results still differ. */
async function shrink(
  bench: Bench,
  query: Query,
  shape: string,
): Promise<{ readonly query: Query; readonly reason?: string }> {
  let [best, reason]: [Query, string | undefined] = [query, undefined];
  for (let tries = 0; tries < 60; ) {
    let found = false;
    for (const candidate of smaller(best)) {
      tries += 1;
      const expected = await bench.plain(querySql(candidate));
      if (expected.kind === 'error') continue;
      const actual = await volleyAnswer(bench.session, shape + querySql(candidate));
      if (actual.kind === 'error' && (REFUSALS.has(actual.code) || actual.code === 'SYNTAX_ERROR')) continue;
      const remaining = difference(expected, actual, candidate);
      if (remaining === undefined) continue;
      [best, reason, found] = [candidate, remaining, true];
      break;
    }
    if (!found) break;
  }
  return reason === undefined ? { query: best } : { query: best, reason };
}
