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

/** With what a coordinator signs. */
function signingKey(environment: Environment): string | undefined {
  const request = loadServeConfig(['serve'], { HOME: home, VOLLEY_STATE_DIR: join(home, 'state'), ...environment });
  assert.ok(request.kind === 'serve');
  const { taskKey } = request.config.fabric;
  return taskKey === undefined ? undefined : Buffer.from(taskKey).toString();
}

/** Whose tasks an executor takes. */
function takenKeys(environment: Environment): readonly string[] {
  const mode = loadExecutorMode(['executor'], { VOLLEY_STORE: '/store', ...environment });
  assert.ok(mode.kind === 'http');
  return mode.keys.map((key) => Buffer.from(key).toString());
}

describe('task keys are the same for a coordinator and an executor', () => {
  for (const [content, keys] of [
    [FIRST, [FIRST]],
    [`${FIRST}\n`, [FIRST]],
    [`${FIRST}\n${SECOND}\n`, [FIRST, SECOND]],
    [`${FIRST},${SECOND}`, [FIRST, SECOND]],
    [` ${FIRST} ,\r\n\r\n${SECOND}\r\n`, [FIRST, SECOND]],
  ] as const) {
    test(`in ${JSON.stringify(content)}, of a file or a variable`, () => {
      const path = join(home, 'keys');
      writeFileSync(path, content);
      for (const environment of [{ VOLLEY_TASK_KEY_FILE: path }, { VOLLEY_TASK_KEY: content }]) {
        assert.equal(signingKey(environment), keys[0]);
        assert.deepEqual(takenKeys(environment), keys);
      }
    });
  }

  test('the variable goes before the file', () => {
    const environment = { VOLLEY_TASK_KEY: FIRST, VOLLEY_TASK_KEY_FILE: '/nowhere' };
    assert.equal(signingKey(environment), FIRST);
    assert.deepEqual(takenKeys(environment), [FIRST]);
  });

  for (const [environment, message] of [
    [{ VOLLEY_TASK_KEY: `${FIRST}\nshort` }, /at least 16 characters/],
    [{ VOLLEY_TASK_KEY_FILE: '/nowhere' }, /The file \/nowhere cannot be read/],
  ] as const) {
    test(`and refused alike: ${JSON.stringify(environment)}`, () => {
      assert.throws(() => signingKey(environment), { code: 'USAGE', message });
      assert.throws(() => takenKeys(environment), { code: 'USAGE', message });
    });
  }
});
