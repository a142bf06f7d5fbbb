import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deadRun } from '../functions/fabric/dead-run.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/volley.js', import.meta.url));
/** No server listens on this port. */
const ENDPOINT = 'http://127.0.0.1:9';
/** Enough time for startup and the probe's two attempts on a busy machine. The retries of a task's request would take three times as long. */
const SOON_MS = 8000;

test('a query fails within seconds if its store does not answer, and its error names the endpoint', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'volley-dead-store-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    VOLLEY_STATE_DIR: join(home, 'state'),
    VOLLEY_S3_ENDPOINT: ENDPOINT,
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
  const sql = 'select a.range, b.range from range(300000) a, range(3) b';
  const startedAt = performance.now();
  const { status, stderr } = await new Promise<{ readonly status: unknown; readonly stderr: string }>((resolve) => {
    execFile(process.execPath, [PROGRAM, 'sql', '--store', 's3://jobs/x', sql], { env }, (error, _stdout, stderr) =>
      resolve({ status: error?.code, stderr }),
    );
  });
  const tookMs = performance.now() - startedAt;
  assert.equal(status, 1, stderr);
  assert.match(stderr, /STORE_FAILED.*s3:\/\/jobs\/x.*No server responds at http:\/\/127\.0\.0\.1:9/);
  assert.ok(tookMs < SOON_MS, `${tookMs} ms`);
});

test('volley serve starts even if the stores of dead runs do not answer, and sends requests only to its own store', {
  timeout: 60_000,
}, async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'volley-dead-store-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const asked: string[] = [];
  // The server never answers, so each attempt lasts until the client times out.
  const sweeping = new EventEmitter();
  const silent = createServer(({ url = '' }) => {
    asked.push(url);
    if (/^\/jobs\/?\?/.test(url)) sweeping.emit('listed');
  }).listen(0, '127.0.0.1');
  const listed = once(sweeping, 'listed');
  await once(silent, 'listening');
  t.after(() => {
    silent.close();
    silent.closeAllConnections();
  });
  const { port } = silent.address() as AddressInfo;
  const state = join(home, 'state');
  await deadRun(state, 'of-others', { kind: 'cancelled', by: 'SIGINT' }, 's3://others/x');
  await deadRun(state, 'own', { kind: 'cancelled', by: 'SIGINT' }, 's3://jobs/x/');
  const serve = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0', '--store', 's3://jobs/x'], {
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      VOLLEY_STATE_DIR: state,
      VOLLEY_S3_ENDPOINT: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(() => serve.kill('SIGKILL'));
  const ended = once(serve, 'exit');
  for await (const line of createInterface({ input: serve.stderr })) {
    if (line.startsWith('volley serve listens on ')) break;
  }
  // The server still sweeps its own store.
  await listed;
  assert.deepEqual(
    asked.filter((url) => !/^\/jobs\b/.test(url)),
    [],
  );
  serve.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});
