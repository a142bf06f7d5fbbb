/** The peer of the benchmark: plain DuckDB over the same tables, in its own process so that its CPU can be measured separately. */
import { DuckDBInstance } from '@duckdb/node-api';
import { exactPath } from '../../coordinator/binder/program/stand-in-files.ts';
import { type CatalogTable, createCatalog } from '../../coordinator/catalog/discover.ts';
import { quoteIdentifier, quoteLiteral } from '../../engine/plan/types.ts';

export interface PeerRequest {
  readonly sql: string;
}

export interface PeerAnswer {
  readonly kind: 'answer';
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly rows: number;
}

/** A message from the peer: `ready` or `failed` once at startup, then a result or a failure for each request. */
export type PeerMessage =
  | { readonly kind: 'ready' }
  | PeerAnswer
  | { readonly kind: 'failed'; readonly message: string };

const READERS: Readonly<Record<Exclude<CatalogTable['format'], 'arrow'>, string>> = {
  parquet: 'read_parquet',
  csv: 'read_csv',
  json: 'read_json',
};

const [data = '', threads = '1'] = process.argv.slice(2);
const send = (message: PeerMessage): void => {
  process.send?.(message);
};
const fail = (error: unknown): void => {
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  send({ kind: 'failed', message });
};

// Ignore Ctrl-C, which a terminal sends to both processes. The parent ends this process.
process.on('SIGINT', () => undefined);
process.once('disconnect', () => process.exit());

try {
  const connection = await open();
  process.on('message', ({ sql }: PeerRequest) => {
    const cpuBefore = process.cpuUsage();
    const start = performance.now();
    connection.runAndReadAll(sql).then(({ currentRowCount: rows }) => {
      const wallSeconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(cpuBefore);
      send({ kind: 'answer', wallSeconds, cpuSeconds: (user + system) / 1e6, rows });
    }, fail);
  });
  send({ kind: 'ready' });
} catch (error) {
  fail(error);
}

/** Opens a connection with a view for each table that Volley finds in the same folder. */
async function open() {
  const { tables } = await createCatalog({ data: [data], tables: [], workingFolder: process.cwd() });
  const connection = await (await DuckDBInstance.create(':memory:', { threads })).connect();
  for (const { name, format, files } of tables) {
    // DuckDB has no reader for Arrow files, so queries over Arrow tables fail.
    if (format === 'arrow') continue;
    const paths = files.map((file) => quoteLiteral(exactPath(file))).join(', ');
    await connection.run(`CREATE VIEW ${quoteIdentifier(name)} AS SELECT * FROM ${READERS[format]}([${paths}])`);
  }
  return connection;
}
