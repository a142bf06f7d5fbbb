import assert from 'node:assert/strict';
import test from 'node:test';
import { watchEventLoop } from '../../../functions/serve/event-loop.ts';

test('reports a blocked event loop and the running request', { timeout: 30_000 }, async (t) => {
  const line = await new Promise<string>((resolve) => {
    const watch = watchEventLoop(resolve);
    t.after(() => watch.close());
    const keepAlive = setInterval(() => undefined, 1000);
    t.after(() => clearInterval(keepAlive));
    // Block only after the first tick, when the histogram has started.
    setTimeout(() => {
      const end = watch.track('GET /v1/jobs');
      const until = performance.now() + 400;
      while (performance.now() < until);
      end();
    }, 50);
  });
  assert.match(line, /^The event loop was blocked for \d+ ms\. Running: GET \/v1\/jobs\.$/);
});
