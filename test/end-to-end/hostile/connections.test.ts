import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { startVolleyServe } from '../../../scripts/servers/volley-serve.ts';
import { makePlace } from '../volley-process.ts';
import { runJob } from './coordinator.ts';

const OPEN_FILES = 64;
const SILENT = 200;

test(`runs the jobs of other clients while ${SILENT} connections send nothing, with ${OPEN_FILES} open files`, {
  timeout: 120_000,
}, async (t) => {
  const place = makePlace();
  const data = join(place.folder, 'data');
  mkdirSync(data);
  for (let at = 0; at < 8; at += 1) writeFileSync(join(data, `${at}.csv`), `a\n${at}\n`);
  const serve = await startVolleyServe(['--allow', data], { VOLLEY_STATE_DIR: place.state }, OPEN_FILES);
  const sockets: Socket[] = [];
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    await serve.close();
    place.remove();
  });
  const { hostname, port } = new URL(serve.url);
  const flood = async (): Promise<void> => {
    for (let at = 0; at < SILENT; at += 1) {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      sockets.push(socket);
      await once(socket, 'connect');
      // Half of the connections begin a request and never finish it.
      if (at % 2 === 0) socket.write('POST /v1/jobs HTTP/1.1\r\nhost: 127.0.0.1\r\n');
    }
  };
  for (let round = 0; round < 3; round += 1) {
    await flood();
    const sql = `SELECT sum(a) AS s FROM read_csv('${data}/*.csv')`;
    assert.deepEqual(await runJob(serve.url, sql), { status: 200, body: 's\n28\n' });
  }
});
