import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../../../engine/duckdb/plan/parse-json.ts';

describe("the parser for DuckDB's JSON", () => {
  for (const [text, value] of [
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -9223372036854775808n],
    ['18446744073709551615', 18446744073709551615n],
    ['NaN', Number.NaN],
    ['[Infinity, -Infinity]', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ['1e300', 1e300],
    ['5e-324', 5e-324],
    ['1.0', 1],
    [' [ ] ', []],
    ['{"a" : [1, {"b": null}], "": "\\u0000\\n\\"\\\\"}', { a: [1, { b: null }], '': '\u0000\n"\\' }],
    ['"ünï€😀"', 'ünï€😀'],
  ] as const) {
    test(`reads ${text} exactly`, () => assert.deepEqual(plain(parseJson(text)), value));
  }

  for (const text of ['', '[1,]', '{"a"}', '{"a":1', '"abc', '1 2', '{a:1}', '"\\x"', 'tru', '[1}', '--1']) {
    test(`rejects ${JSON.stringify(text)}`, () => assert.throws(() => parseJson(text), /not valid JSON at character/));
  }

  test('reads any output of JSON.stringify', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        assert.deepEqual(plain(parseJson(text), Number), JSON.parse(text));
      }),
    );
  });

  test('reads deeply nested arrays without recursion, up to a limit', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    assert.doesNotThrow(() => parseJson(nested(20_000)));
    assert.throws(() => parseJson(nested(20_001)), /nested deeper/);
  });
});

/**
 * Copies the parser's objects, which have no prototype, into plain objects that deepEqual accepts. `integer` converts integers that a
 * double cannot hold.
 */
function plain(value: unknown, integer: (wide: bigint) => unknown = (wide) => wide): unknown {
  if (typeof value === 'bigint') return integer(value);
  if (Array.isArray(value)) return value.map((item) => plain(item, integer));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plain(child, integer)]));
}
