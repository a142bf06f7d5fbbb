import assert from 'node:assert/strict';
import test from 'node:test';
import { type Token, tokens } from '../../../../coordinator/binder/sql/lexer.ts';
import { stripUnicodeSpaces } from '../../../../coordinator/binder/sql/unicode-spaces.ts';
import { foldName } from '../../../../engine/plan/fold-name.ts';

const written = (text: string): readonly string[] => tokens(text).map(({ start, end }) => text.slice(start, end));

/** Texts and the tokens that DuckDB's lexer finds in them. */
const cuts: readonly (readonly [text: string, cut: readonly string[]])[] = [
  // A carriage return also ends a line comment.
  ['SELECT 1 --\r, 2', ['SELECT', '1', ',', '2']],
  ['SELECT 1 --\n, 2', ['SELECT', '1', ',', '2']],
  ['SELECT 1 --\u2028, 2\n+ 3', ['SELECT', '1', '+', '3']],
  ['+--x\n=-1', ['+', '=', '-', '1']],
  ['a<---b\r-c', ['a', '<', '-', 'c']],
  ['a*/*b*/c', ['a', '*', 'c']],
  ['/*/ a */ b', ['b']],
  ['/* /* */ a */ b', ['b']],
  ["/* ' */ a", ['a']],
  // Only ASCII white space separates tokens. A vertical tab is a symbol. Non-ASCII characters belong to names.
  ['a\fb\tc\rd', ['a', 'b', 'c', 'd']],
  ['a\vb', ['a', '\v', 'b']],
  ['a\u0085b\u1680c', ['a\u0085b\u1680c']],
  ['a\u{1f600}b c', ['a\u{1f600}b', 'c']],
  // Strings
  ["'a' 'b'", ["'a'", "'b'"]],
  ["'a'\n'b' c", ["'a'\n'b'", 'c']],
  ["'a' -- ' \r 'b' c", ["'a' -- ' \r 'b'", 'c']],
  ["E'a'\n'b\\'c' d", ["E'a'\n'b\\'c'", 'd']],
  ["1e'a\\'b' c", ['1', "e'a\\'b'", 'c']],
  ["x'a''b' c", ["x'a'", "'b'", 'c']],
  ["n'a' B'0' c", ['n', "'a'", "B'0'", 'c']],
  ["te'a\\' b'c'", ['te', "'a\\'", "b'c'"]],
  ['a$$b $$ c $$', ['a$$b', '$$ c $$']],
  ['$a$ $b$ $$ $a$ c', ['$a$ $b$ $$ $a$', 'c']],
  ['$1$ $ $', ['$1', '$', '$', '$']],
  ['"a""b"c', ['"a""b"', 'c']],
  // Numbers
  ['1..2 .5 5. 1e 1e+ 1e-5', ['1', '..', '2', '.5', '5.', '1', 'e', '1', 'e', '+', '1e-5']],
  ['1_000 1__0 0x1F 1abc', ['1_000', '1', '__0', '0', 'x1F', '1', 'abc']],
  ['?1 $1 $a #1 ?', ['?1', '$1', '$', 'a', '#', '1', '?']],
  // Operators
  ['a::b := c ->> d @- e', ['a', '::', 'b', ':=', 'c', '->>', 'd', '@-', 'e']],
];

for (const [text, cut] of cuts)
  test(`finds the tokens of ${JSON.stringify(text)}`, () => assert.deepEqual(written(text), cut));

test('decodes the value of each token', () => {
  const values: readonly (readonly [string, Partial<Token>])[] = [
    ['\u212aIND', { kind: 'word', text: '\u212aind' }],
    ['"\u212aIND"', { kind: 'quoted', text: '\u212aIND' }],
    ["'it''s'\n' not'", { kind: 'string', text: "it's not" }],
    ["E'\\x41\\102\\n\\'\\\\'", { kind: 'string', text: "AB\n'\\" }],
    ["b'01'", { kind: 'string', text: 'b01' }],
    ['$a$x$$y$a$', { kind: 'string', text: 'x$$y' }],
    ['1e5', { kind: 'number', text: '1e5' }],
  ];
  for (const [text, expected] of values) {
    const [token, ...more] = tokens(text);
    assert.deepEqual({ kind: token?.kind, text: token?.text }, expected, text);
    assert.deepEqual(more, [], text);
  }
});

test('folds ASCII letters only', () => {
  assert.equal(foldName('ABC'), 'abc');
  for (const name of ['\u212a', '\u0130', '\u017f', '\u00c4', '\u{10400}']) assert.equal(foldName(name), name);
});

/** Texts before and after DuckDB's parser replaces Unicode spaces. The lexer reads the replaced text. */
const spaces: readonly (readonly [text: string, stripped: string])[] = [
  ['SELECT\u00a01 + 2', 'SELECT 1 + 2'],
  ['\ufeffSELECT\u30001 ;', ' SELECT 1 ;'],
  ["SELECT '\u00a0' \u2003 x", "SELECT '\u00a0'   x"],
  ['SELECT "\u00a0"" \u00a0" \u2060 x', 'SELECT "\u00a0"" \u00a0"   x'],
  ['SELECT $a$\u00a0$$\u00a0$a$ \u205f x', 'SELECT $a$\u00a0$$\u00a0$a$   x'],
  ['SELECT 1 -- \u00a0\r\u00a0, 2', 'SELECT 1 -- \u00a0\r , 2'],
  // The replacement treats a quote in a block comment or after a backslash as a string delimiter, and skips the last two bytes.
  ["/* ' */ SELECT\u00a01, 2", "/* ' */ SELECT\u00a01, 2"],
  ["E'\\'\u00a0', 1", "E'\\' ', 1"],
  ['x\u00a0', 'x\u00a0'],
  // The parser does not replace other Unicode spaces.
  ['a\u200cb\u1680c\u2028d', 'a\u200cb\u1680c\u2028d'],
];

for (const [text, stripped] of spaces)
  test(`replaces Unicode spaces in ${JSON.stringify(text)} as DuckDB does`, () =>
    assert.equal(stripUnicodeSpaces(text), stripped));
