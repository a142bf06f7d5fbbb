/**
 * `npm run offline`: runs the executor as a function of serverless-offline, with Lambda's Invoke API on port 3002 (VOLLEY_OFFLINE_PORT).
 * The function gets VOLLEY_STORE, VOLLEY_ALLOW and the other variables in docs/executors.md. Without VOLLEY_STORE, its objects are in
 * `.cache/offline`.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scriptArguments } from './arguments.ts';
import { startServerlessOffline } from './servers/serverless-offline.ts';

scriptArguments(
  {
    name: 'npm run offline',
    about: `Serves the executor as a function of serverless-offline, until Ctrl-C. Variables configure it:

  VOLLEY_OFFLINE_PORT   port of Lambda's Invoke API (3002)
  VOLLEY_STORE          the object store of the function (.cache/offline)
  VOLLEY_ALLOW          the locations that its tasks may read; docs/executors.md lists more variables`,
  },
  {},
);

const store = process.env['VOLLEY_STORE'] ?? fileURLToPath(new URL('../.cache/offline', import.meta.url));
if (store.startsWith('/')) mkdirSync(store, { recursive: true });
const told = Object.entries(process.env).flatMap(([name, value]) =>
  /^(?:VOLLEY|AWS)_/.test(name) && value !== undefined ? [[name, value] as const] : [],
);
const port = Number(process.env['VOLLEY_OFFLINE_PORT'] ?? '3002');
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
