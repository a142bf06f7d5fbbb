import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { listen } from '../../../coordinator/http-server/listen.ts';
import { FabricError } from '../../../engine/errors.ts';

test('a server tells its URL; an address that cannot be had is a wrong use, with what to do', async (t) => {
  const [first, second] = [createServer(), createServer()];
  t.after(() => first.close());
  const url = await listen(first, '127.0.0.1', 0);
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  await assert.rejects(listen(second, '127.0.0.1', Number(new URL(url).port)), (error) => {
    assert.ok(error instanceof FabricError);
    assert.equal(error.code, 'USAGE');
    assert.match(error.message, /another process listens there.*--port/);
    return true;
  });
  await assert.rejects(listen(createServer(), '203.0.113.1', 0), { code: 'USAGE' });
});
