import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isKeyAllowed } from '../../../engine/scan/object-location.ts';

test('isKeyAllowed accepts an allowed key and all keys below it, but no other key with the same prefix', () => {
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
