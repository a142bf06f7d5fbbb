import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkJson } from '../../coordinator/check-json.ts';
import { FabricError } from '../../engine/errors.ts';

const check = (json: string): void => checkJson(json, 'body', (message) => new FabricError('REQUEST_INVALID', message));

/** Returns the repeated member name that the error reports, or undefined if the check passes. */
function repeatedName(json: string): string | undefined {
  try {
    check(json);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof FabricError);
    const [, name] = /^An object in the body has the member (".*") twice\.$/s.exec(error.message) ?? [];
    assert.ok(name !== undefined, error.message);
    return JSON.parse(name);
  }
}

for (const [json, name] of [
  ['{"a": 1, "b": {"a": 2}, "c": [{"a": 3}, {"a": 4}]}', undefined],
  ['{"a": "a", "b": "a"}', undefined],
  ['["a", "a"]', undefined],
  ['"a"', undefined],
  ['{"a": 1, "a": 1}', 'a'],
  ['{"x": [{"a": {}, "a"\t:\n[]}]}', 'a'],
  ['{"a\\"": 1, "a": "\\\\", "a\\u0022": 2}', 'a"'],
  ['{"": 1, "": 1}', ''],
  ['{"__proto__": 1, "__proto__": 2}', '__proto__'],
] as const) {
  test(`finds ${name === undefined ? 'no repeated name' : `the repeated name ${JSON.stringify(name)}`} in ${json}`, () => {
    JSON.parse(json);
    assert.equal(repeatedName(json), name);
  });
}

test('accepts the output of JSON.stringify, and finds the repeated name after a member is added twice', () => {
  const property = fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 }), (object) => {
    const json = JSON.stringify(object, undefined, 1);
    assert.equal(repeatedName(json), undefined);
    for (const name of Object.keys(object)) {
      assert.equal(repeatedName(`${json.slice(0, -1)}, ${JSON.stringify(name)}: 0}`), name);
    }
  });
  fc.assert(property);
});

test('rejects JSON that is nested more than 32 levels deep', () => {
  assert.equal(repeatedName('['.repeat(32) + ']'.repeat(32)), undefined);
  assert.throws(() => check('['.repeat(1 << 20)), { code: 'REQUEST_INVALID', message: /32 levels deep/ });
});

test('rejects JSON with more than 32,768 values before parsing it', () => {
  const many = (count: number) => `[${new Array(count).fill('0').join()}]`;
  check(many(32_768));
  assert.throws(() => check(many(32_769)), { code: 'REQUEST_INVALID', message: /more than 32768 values/ });
});

test('leaves syntax errors to JSON.parse', () => {
  for (const text of ['', '"', '{"a', '{"\\x": 1}', ']]', '{"a": 1', '\\']) check(text);
});
