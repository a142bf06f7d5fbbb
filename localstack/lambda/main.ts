/**
 * Runs a local AWS Lambda: the Invoke API, a Runtime API for each environment, and Lambda's limits and errors. Each
 * environment is a process.
 *
 *   node --import tsx localstack/lambda/main.ts functions.json [--port 9001] [--concurrency 1000]
 */
import { readText } from '../../functions/config/secrets.ts';
import { usage } from '../../functions/config/usage.ts';
import { readOrExit, scriptArguments, wholeNumberFrom } from '../../scripts/arguments.ts';
import { parseFunctions } from './functions.ts';
import { startLocalLambda } from './invoke-api.ts';

const { options, names } = scriptArguments(
  {
    name: 'node --import tsx localstack/lambda/main.ts',
    about: 'Runs a local AWS Lambda: the Invoke API, with limits and errors as on AWS.',
    argument: { name: 'functions.json', about: 'the JSON file that describes the functions' },
  },
  {
    port: {
      value: 'port',
      default: '9001',
      read: wholeNumberFrom(0, 65_535),
      about: 'port of the Invoke API; 0 for any free port',
    },
    concurrency: {
      value: 'N',
      default: '1000',
      read: wholeNumberFrom(1),
      about: "the account's limit on concurrent invocations",
    },
  },
);
const functions = readOrExit(() => {
  const [path] = names;
  if (path === undefined || names.length > 1) throw usage('Specify one JSON file that describes the functions.');
  return parseFunctions(readText(path));
});
const lambda = await startLocalLambda({
  functions,
  port: options.port,
  accountConcurrency: options.concurrency,
});
process.stdout.write(`${lambda.endpoint}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void lambda.close());
