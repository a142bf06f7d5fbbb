import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isKeyAllowed } from '../../../engine/scan/allowed-keys.ts';

test('a prefix allows itself and what is below it, and no other name that begins like it', () => {
  const cases = [
    ['data', ['data'], true],
    ['data/a/b', ['data'], true],
    ['database', ['data'], false],
    ['dat', ['data'], false],
    ['other/data', ['data'], false],
    ['anything', [''], true],
    ['b/x', ['a', 'b'], true],
    ['x', [], false],
  ] as const;
  for (const [key, allowed, isAllowed] of cases) assert.equal(isKeyAllowed(key, allowed), isAllowed, key);
});
