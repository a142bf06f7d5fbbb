import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { openServer, readBody } from '../../../coordinator/http-server/open-server.ts';

test('a body is taken up to its limit, and refused with one byte more', async (t) => {
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

test('a server that closes answers what is under way, takes nothing more, and is closed once', async () => {
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
