import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { loadExecutorMode } from '../../../functions/executor/config.ts';
import { loadServeConfig } from '../../../functions/serve/config.ts';

const home = mkdtempSync(join(tmpdir(), 'volley-secrets-'));
after(() => rmSync(home, { recursive: true, force: true }));

const FIRST = 'the first of two keys';
const SECOND = 'the second of two keys';

type Environment = Readonly<Record<string, string>>;

/** Returns the key that a coordinator signs with. */
function signingKey(environment: Environment): string | undefined {
  const request = loadServeConfig(['serve'], { HOME: home, VOLLEY_STATE_DIR: join(home, 'state'), ...environment });
  assert.ok(request.kind === 'serve');
  const { taskKey } = request.config.fabric;
  return taskKey === undefined ? undefined : Buffer.from(taskKey).toString();
}

/** Returns the keys that an executor accepts. */
async function acceptedKeys(environment: Environment): Promise<readonly string[]> {
  const mode = await loadExecutorMode(['executor'], { VOLLEY_STORE: '/store', ...environment });
  assert.ok(mode.kind === 'http');
  return mode.keys.map((key) => Buffer.from(key).toString());
}

describe('the task keys of coordinators and executors', () => {
  for (const [content, keys] of [
    [FIRST, [FIRST]],
    [`${FIRST}\n`, [FIRST]],
    [`${FIRST}\n${SECOND}\n`, [FIRST, SECOND]],
    [`${FIRST},${SECOND}`, [FIRST, SECOND]],
    [` ${FIRST} ,\r\n\r\n${SECOND}\r\n`, [FIRST, SECOND]],
  ] as const) {
    test(`are read from ${JSON.stringify(content)} in a file or a variable`, async () => {
      const path = join(home, 'keys');
      writeFileSync(path, content);
      for (const environment of [{ VOLLEY_TASK_KEY_FILE: path }, { VOLLEY_TASK_KEY: content }]) {
        assert.equal(signingKey(environment), keys[0]);
        assert.deepEqual(await acceptedKeys(environment), keys);
      }
    });
  }

  test('are read from the variable if both the variable and the file are set', async () => {
    const environment = { VOLLEY_TASK_KEY: FIRST, VOLLEY_TASK_KEY_FILE: '/nowhere' };
    assert.equal(signingKey(environment), FIRST);
    assert.deepEqual(await acceptedKeys(environment), [FIRST]);
  });

  for (const [environment, message] of [
    [{ VOLLEY_TASK_KEY: `${FIRST}\nshort` }, /at least 16 characters/],
    [{ VOLLEY_TASK_KEY_FILE: '/nowhere' }, /The file \/nowhere cannot be read/],
  ] as const) {
    test(`are rejected if invalid: ${JSON.stringify(environment)}`, async () => {
      assert.throws(() => signingKey(environment), { code: 'USAGE', message });
      await assert.rejects(acceptedKeys(environment), { code: 'USAGE', message });
    });
  }
});
