/**
 * Runs a local AWS Lambda: the Invoke API, a Runtime API for each environment, and Lambda's limits and errors. Each
 * environment is a process.
 *
 *   node --import tsx localstack/lambda/main.ts functions.json [--port 9001] [--concurrency 1000]
 */
import { readFileSync } from 'node:fs';
import { scriptArguments } from '../../scripts/arguments.ts';
import { parseFunctions } from './functions.ts';
import { startLocalLambda } from './invoke-api.ts';

const { options, names } = scriptArguments(
  {
    name: 'node --import tsx localstack/lambda/main.ts',
    about: 'Runs a local AWS Lambda: the Invoke API, with limits and errors as on AWS.',
    argument: { name: 'functions.json', about: 'the JSON file that describes the functions' },
  },
  {
    port: { value: 'port', default: '9001', about: 'port of the Invoke API; 0 for any free port' },
    concurrency: { value: 'N', default: '1000', about: "the account's limit on concurrent invocations" },
  },
);
const [path] = names;
if (path === undefined || names.length > 1) {
  process.stderr.write('Specify one JSON file that describes the functions.\n');
  process.exit(2);
}
const lambda = await startLocalLambda({
  functions: parseFunctions(readFileSync(path, 'utf8')),
  port: Number(options.port),
  accountConcurrency: Number(options.concurrency),
});
process.stdout.write(`${lambda.endpoint}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void lambda.close());
