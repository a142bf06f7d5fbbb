/**
 * `npm run localstack`: runs TPC-H queries on an AWS emulator. Creates a bucket, a role and an image function through
 * the AWS SDK, uploads the data, and starts etcd and a coordinator. The function runs the tasks, with all joins by
 * shuffle. Compares each result with that of plain DuckDB, and removes everything at the end.
 *
 *   npm run localstack                          four queries at scale 0.05
 *   npm run localstack -- --scale 1 --all       all 22 on dbgen's own data
 *
 * VOLLEY_AWS_ENDPOINT names a running emulator. By default, MiniStack is started (localstack/README.md).
 */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertSameAnswer } from '../test/tpch/compare.ts';
import { openJudge, tpchQueries } from '../test/tpch/judge.ts';
import { numberFrom, scriptArguments } from './arguments.ts';
import { openAccount } from './localstack/account.ts';
import { openAccountCluster } from './localstack/cluster.ts';
import { answerOfJob } from './servers/volley-serve.ts';
import { generateTpch } from './tpch/generate.ts';
import { officialTpch } from './tpch/official.ts';

const CONCURRENCY = 4;
const SHUFFLES = { fanout: '4', broadcast_limit: '0' };
/** A scan, an aggregation, joins, and joins of aggregates. */
const SOME = ['q06', 'q01', 'q05', 'q18'];
const SHOWN_ROWS = 5;

const { options: values } = scriptArguments(
  {
    name: 'npm run localstack',
    about: `Runs TPC-H queries on an AWS emulator: creates a bucket, a role and an image function, compares the results with those of plain DuckDB, and removes everything. Set VOLLEY_AWS_ENDPOINT to use a running emulator; otherwise, MiniStack is started (localstack/README.md).`,
  },
  {
    scale: {
      value: 'N',
      default: '0.05',
      read: numberFrom(0.001, 1000),
      about: "scale factor of the data; scales of 1 and above use dbgen's data",
    },
    all: { about: 'all 22 queries instead of four' },
  },
);
const { scale } = values;
const queries = values.all ? tpchQueries : SOME.flatMap((some) => tpchQueries.filter(({ name }) => name === some));

const startedMs = performance.now();
const say = (text: string): void => {
  process.stdout.write(`[${((performance.now() - startedMs) / 1000).toFixed(1)} s] ${text}\n`);
};

const ending: (() => Promise<unknown>)[] = [];
async function endAll(): Promise<void> {
  for (let end = ending.pop(); end !== undefined; end = ending.pop()) await end();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void endAll().finally(() => process.exit(130)));
}

async function makeData(): Promise<string> {
  if (scale >= 1) return officialTpch(scale);
  const data = await mkdtemp(join(tmpdir(), 'volley-localstack-'));
  ending.push(async () => rmSync(data, { recursive: true, force: true }));
  await generateTpch({ scale, directory: data, rowGroupSize: 65_536 });
  return data;
}

async function main(): Promise<void> {
  const data = await makeData();
  say(`TPC-H data at scale ${scale} in ${data}`);
  const opened = await openAccount();
  ending.push(() => opened.close());
  say(`${opened.title}, with the image ${opened.image}`);
  const cluster = await openAccountCluster(opened, { data, concurrency: CONCURRENCY, say });
  ending.push(() => cluster.close());
  const judge = await openJudge(data);
  for (const { name, sql } of queries) {
    const job = await cluster.coordinator.run(sql, SHUFFLES);
    const answer = answerOfJob(job);
    assertSameAnswer(answer, await judge.answer(sql));
    say(`${name}: ${job.tasks} invocations, ${answer.rows.length} rows, same result as plain DuckDB`);
    for (const row of answer.rows.slice(0, SHOWN_ROWS)) process.stdout.write(`    ${row.join(' | ')}\n`);
    await cluster.coordinator.forget(job.id);
  }
  judge.close();
}

try {
  await main();
} finally {
  await endAll();
}
