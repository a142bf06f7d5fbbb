import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { openServer, readBody } from '../../../coordinator/http-server/open-server.ts';

test('accepts a body up to the size limit and rejects a body that is one byte longer', async (t) => {
  const server = await openServer('127.0.0.1', 0, (request, response) => {
    readBody(request, 4, () => new Error('too long')).then(
      (body) => response.end(body),
      (error: Error) => response.writeHead(413).end(error.message),
    );
  });
  t.after(() => server.close());
  const post = async (body: string) => {
    const answer = await fetch(server.url, { method: 'POST', body, headers: { connection: 'close' } });
    return [answer.status, await answer.text()];
  };
  assert.deepEqual(await post('four'), [200, 'four']);
  assert.deepEqual(await post('fives'), [413, 'too long']);
});

test('answers pending requests and rejects new requests after close, which may be called twice', async () => {
  let waiting: (response: ServerResponse) => void = () => undefined;
  const asked = new Promise<ServerResponse>((resolve) => {
    waiting = resolve;
  });
  const server = await openServer('127.0.0.1', 0, (_request, response) => waiting(response));
  const answer = fetch(server.url);
  const response = await asked;
  const closings = [server.close(), server.close()];
  await assert.rejects(fetch(server.url));
  response.setHeader('connection', 'close').end('done');
  await once(response, 'close');
  assert.equal(await (await answer).text(), 'done');
  await Promise.all(closings);
});

test('rejects an unusable address and suggests a remedy', async (t) => {
  const ignore = () => undefined;
  const first = await openServer('127.0.0.1', 0, ignore);
  t.after(() => first.close());
  assert.match(first.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  await assert.rejects(openServer('127.0.0.1', Number(new URL(first.url).port), ignore), {
    name: 'FabricError',
    code: 'USAGE',
    message: /the port is in use.*--port/,
  });
  await assert.rejects(openServer('203.0.113.1', 0, ignore), { code: 'USAGE' });
});
