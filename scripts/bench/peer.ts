/** The peer of the benchmark, in a process of its own so that its CPU can be told apart: plain DuckDB over the same files. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export interface PeerRequest {
  readonly sql: string;
}

export interface PeerAnswer {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly rows: number;
}

const [directory = '', threads = '1'] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
for (const file of readdirSync(directory).filter((name) => name.endsWith('.parquet'))) {
  const path = join(directory, file).replaceAll("'", "''");
  await connection.run(`CREATE VIEW ${basename(file, '.parquet')} AS SELECT * FROM read_parquet('${path}')`);
}

process.on('message', async ({ sql }: PeerRequest) => {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const result = await connection.runAndReadAll(sql);
  const wallSeconds = (performance.now() - start) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const answer: PeerAnswer = { wallSeconds, cpuSeconds: (cpu.user + cpu.system) / 1e6, rows: result.currentRowCount };
  process.send?.(answer);
});
process.send?.('ready');
