import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startVolleyServe } from '../../scripts/servers/volley-serve.ts';
import { filesBelow, makePlace, until, writeParquet } from './volley-process.ts';

/** A result of more than 256 KiB, which is stored as an object. */
const LARGE = "SELECT n, repeat('x', 100) AS text FROM numbers";

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`a job that was deleted before ${signal} does not exist after a restart, and leaves no rows and no objects`, async (t) => {
    const place = makePlace();
    t.after(() => place.remove());
    const { folder, state } = place;
    mkdirSync(join(folder, 'data'));
    await writeParquet({ [join(folder, 'data/numbers.parquet')]: 'SELECT range AS n FROM range(10000)' });
    const start = () =>
      startVolleyServe(['--data', join(folder, 'data')], { HOME: folder, VOLLEY_STATE_DIR: state, TMPDIR: folder });
    const first = await start();
    const { id } = await first.run(LARGE);
    assert.ok(filesBelow(join(state, 'serve/store'), '').some((path) => path.includes(id)));
    const answer = await fetch(`${first.url}/v1/jobs/${id}`, { method: 'DELETE' });
    assert.equal(answer.status, 204);
    first.signal(signal);
    await first.exited;

    const second = await start();
    t.after(() => second.close());
    for (const path of [id, `${id}/result?format=csv`]) {
      assert.equal((await fetch(`${second.url}/v1/jobs/${path}`)).status, 404);
    }
    const listed = await (await fetch(`${second.url}/v1/jobs`)).text();
    assert.ok(!listed.includes(id), listed);
    await until('the records and objects are deleted', async () => {
      const left = [...filesBelow(join(state, 'serve/store'), ''), ...(await readdir(join(state, 'serve/journal')))];
      return left.some((path) => path !== 'lock') ? undefined : true;
    });
  });
}
