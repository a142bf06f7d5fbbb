/**
 * `npm run localstack`: TPC-H's queries on an account of an AWS emulator, from nothing: bucket, role and image function are made through
 * AWS's SDK, data is put into the bucket, a coordinator has the function run the tasks; at the end all of it is removed.
 *
 * VOLLEY_AWS_ENDPOINT is another emulator than MiniStack, which is started otherwise (localstack/README.md).
 */
import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountEnvironment, openAccount, openResources } from './localstack/account.ts';
import { putFolder } from './localstack/put-folder.ts';
import { startEtcd } from './servers/etcd.ts';
import { startVolleyServe } from './servers/volley-serve.ts';
import { generateTpch } from './tpch/generate.ts';

const SCALE = 0.05;
const CONCURRENCY = 4;
/** A scan, joins, joins by shuffle. */
const QUERIES = ['q06', 'q01', 'q05', 'q18'];
const SHOWN_ROWS = 5;

const ending: (() => Promise<unknown>)[] = [];
const startedMs = performance.now();
const say = (text: string) =>
  process.stdout.write(`[${((performance.now() - startedMs) / 1000).toFixed(1)} s] ${text}\n`);

let isEnding = false;
async function endAll(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  for (const end of ending.reverse()) await end();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void endAll().finally(() => process.exit(130)));
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'volley-localstack-'));
  ending.push(async () => rmSync(folder, { recursive: true, force: true }));
  const opened = await openAccount();
  ending.push(() => opened.close());
  say(`account: ${opened.title}; executor's image: ${opened.image}`);
  const resources = await openResources(opened, CONCURRENCY);
  ending.push(async () => {
    const objects = await resources.remove();
    say(`removed: bucket, role and function, with ${objects} objects`);
  });
  say(`made: bucket ${resources.bucket}, role ${resources.roleArn}, function ${resources.functionName}`);
  const data = join(folder, 'data');
  await generateTpch({ scale: SCALE, directory: data, rowGroupSize: 65_536 });
  say(
    `put ${await putFolder(opened.account, resources.bucket, 'data', data)} bytes of TPC-H data into ${resources.data}`,
  );
  const etcd = await startEtcd();
  ending.push(() => etcd.close());
  const coordinator = await startVolleyServe(
    [
      ...['--data', resources.data, '--store', resources.store, '--executors', `lambda:${resources.functionName}`],
      ...['--journal', etcd.endpoint.replace('http:', 'etcd:'), '--function-concurrency', String(CONCURRENCY)],
    ],
    { VOLLEY_STATE_DIR: join(folder, 'state'), HOME: folder, ...accountEnvironment(opened.account) },
  );
  ending.push(() => coordinator.close());
  say(`coordinator: ${coordinator.url}, its jobs in etcd at ${etcd.endpoint}`);
  for (const query of QUERIES) {
    const sql = readFileSync(new URL(`../test/tpch/queries/${query}.sql`, import.meta.url), 'utf8');
    const { id, tasks, columns, rows } = await coordinator.run(sql, { fanout: '4', broadcast_limit: '0' });
    say(`${query}: job ${id}, ${tasks} invocations, ${rows.length} rows`);
    const table = [columns.map(({ name }) => name), ...rows.slice(0, SHOWN_ROWS)];
    for (const row of table) process.stdout.write(`    ${row.join(' | ')}\n`);
    await coordinator.forget(id);
  }
}

try {
  await main();
} finally {
  await endAll();
}
