import assert from 'node:assert/strict';
import test from 'node:test';
import { Opened } from '../../../functions/process/opened.ts';

test('closes parts in reverse order, continues if a close fails, and returns the errors', async () => {
  const closed: string[] = [];
  const part = (name: string, error?: Error) => ({
    close: async () => {
      closed.push(name);
      if (error !== undefined) throw error;
    },
  });
  const failure = new Error('still busy');
  const opened = new Opened();
  opened.add(part('lock'));
  opened.add(part('journal'));
  opened.add(part('invoker', failure));
  assert.deepEqual(await opened.close(), [failure]);
  assert.deepEqual(closed, ['invoker', 'journal', 'lock']);
  assert.deepEqual(await opened.close(), []);
  assert.equal(closed.length, 3);
});
