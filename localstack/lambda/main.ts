/**
 * Runs a small AWS Lambda on this machine: the Invoke API, a Runtime API for each environment, and Lambda's limits and errors. Each
 * environment is a process.
 *
 *   node --import tsx localstack/lambda/main.ts functions.json [--port 9001] [--concurrency 1000]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseFunctions } from './functions.ts';
import { startLocalLambda } from './invoke-api.ts';

const { values, positionals } = parseArgs({
  options: { port: { type: 'string', default: '9001' }, concurrency: { type: 'string', default: '1000' } },
  allowPositionals: true,
});
const [path] = positionals;
if (path === undefined) {
  process.stderr.write('It takes the JSON file of the functions.\n');
  process.exit(2);
}
const lambda = await startLocalLambda({
  functions: parseFunctions(readFileSync(path, 'utf8')),
  port: Number(values.port),
  accountConcurrency: Number(values.concurrency),
});
process.stdout.write(`${lambda.endpoint}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void lambda.close());
