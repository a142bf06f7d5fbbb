import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/volley.js', import.meta.url));
/** Nothing listens there. */
const ENDPOINT = 'http://127.0.0.1:9';
/** Two attempts, a start, and a machine that is busy; the attempts of a task would take three times as long. */
const SOON_MS = 8000;

test('a query whose store does not answer fails within seconds, and names the endpoint', async (t) => {
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
  assert.match(stderr, /STORE_FAILED.*s3:\/\/jobs\/x.*Nothing answers at http:\/\/127\.0\.0\.1:9/);
  assert.ok(tookMs < SOON_MS, `${tookMs} ms`);
});
