import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort } from '../../../scripts/servers/free-port.ts';
import { installServerlessOffline, startServerlessOffline } from '../../../scripts/servers/serverless-offline.ts';
import { startVolleyServe } from '../../../scripts/servers/volley-serve.ts';
import { assertTpch, makeTpch } from '../serve/tpch-coordinator.ts';

const name = 'TPC-H queries with the executor as a serverless-offline function, invoked through the AWS SDK';
const missing = whyNotInstalled();
if (missing !== undefined) test(name, { skip: missing });
else {
  test(name, async (t) => {
    const data = await makeTpch(t);
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'volley-offline-')));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const [store, scratch, state] = ['store', 'scratch', 'state'].map((part) => join(folder, part));
    assert.ok(store && scratch && state);
    for (const path of [store, scratch]) mkdirSync(path);
    const environment = { VOLLEY_STORE: store, VOLLEY_SCRATCH: scratch, VOLLEY_ALLOW: data, HOME: folder };
    const offline = await startServerlessOffline({ environment, port: await freePort(), output: 'ignore' });
    t.after(() => offline.close());
    const coordinator = await startVolleyServe(
      [
        '--data',
        data,
        '--store',
        store,
        '--executors',
        `lambda-unpublished:${offline.functionName}`,
        '--function-concurrency',
        '2',
      ],
      {
        ...{ HOME: folder, VOLLEY_STATE_DIR: state, VOLLEY_LAMBDA_ENDPOINT: offline.endpoint },
        ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
      },
    );
    t.after(() => coordinator.close());
    await assertTpch(t, coordinator, data);
    assert.deepEqual(
      readdirSync(store, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()),
      [],
    );
    await offline.close();
    assert.deepEqual(readdirSync(scratch), []);
  });
}

function whyNotInstalled(): string | undefined {
  try {
    installServerlessOffline();
    return undefined;
  } catch (error) {
    return `serverless-offline cannot be installed: ${error instanceof Error ? error.message : error}`;
  }
}
