/**
 * `npm run offline`: runs the executor as a function of serverless-offline, with Lambda's Invoke API on port 3002
 * (VOLLEY_OFFLINE_PORT). The function receives VOLLEY_STORE, VOLLEY_ALLOW and the other variables in docs/executors.md.
 * VOLLEY_STORE defaults to `.cache/offline`.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { wholeNumber } from '../functions/config/usage.ts';
import { readOrExit, scriptArguments } from './arguments.ts';
import { startServerlessOffline } from './servers/serverless-offline.ts';

scriptArguments(
  {
    name: 'npm run offline',
    about: `Runs the executor as a function of serverless-offline until Ctrl-C. Environment variables:

  VOLLEY_OFFLINE_PORT   port of Lambda's Invoke API (default: 3002)
  VOLLEY_STORE          object store of the function (default: .cache/offline)
  VOLLEY_ALLOW          locations that its tasks may read. docs/executors.md lists further variables.`,
  },
  {},
);

const port = readOrExit(() =>
  wholeNumber(process.env['VOLLEY_OFFLINE_PORT'] || '3002', 'VOLLEY_OFFLINE_PORT', 1, 65_535),
);
const store = process.env['VOLLEY_STORE'] ?? fileURLToPath(new URL('../.cache/offline', import.meta.url));
if (store.startsWith('/')) mkdirSync(store, { recursive: true });
const told = Object.entries(process.env).flatMap(([name, value]) =>
  /^(?:VOLLEY|AWS)_/.test(name) && value !== undefined ? [[name, value] as const] : [],
);

const environment = { ...Object.fromEntries(told), VOLLEY_STORE: store };
const offline = await startServerlessOffline({ environment, port, output: 'inherit' });
const allowed = process.env['VOLLEY_ALLOW'] ?? 'DATA';
process.stdout.write(`
The function's VOLLEY_ALLOW must include the data. Then, in another terminal:
  VOLLEY_LAMBDA_ENDPOINT=${offline.endpoint} AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any \\
    volley serve --data ${allowed} --store ${store} --executors lambda-unpublished:${offline.functionName}
`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void offline.close());
await offline.exited;
