import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { repeatedName } from '../../../../coordinator/front/http/repeated-name.ts';

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

test('finds no repeated name in the output of JSON.stringify, and finds every member added again', () => {
  const property = fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 }), (object) => {
    const json = JSON.stringify(object, undefined, 1);
    assert.equal(repeatedName(json), undefined);
    for (const name of Object.keys(object)) {
      assert.equal(repeatedName(`${json.slice(0, -1)}, ${JSON.stringify(name)}: 0}`), name);
    }
  });
  fc.assert(property);
});

test('rejects JSON nested deeper than any request', () => {
  assert.equal(repeatedName('['.repeat(32) + ']'.repeat(32)), undefined);
  assert.throws(() => repeatedName('['.repeat(1 << 20)), { code: 'REQUEST_INVALID', message: /32 levels deep/ });
});
