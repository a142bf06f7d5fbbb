import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeTokens, scriptParts, statementsOf } from '../../../functions/cli/script.ts';

test('splits a script after each statement that returns rows, and repeats definitions in later parts', () => {
  const script = 'create view v as select 1;\nselect 1;\nset fanout = 2; from v';
  assert.deepEqual(scriptParts(script), [
    { text: 'create view v as select 1;\nselect 1', returnsRows: true },
    { text: 'create view v as select 1;\n        ;\nset fanout = 2; from v', returnsRows: true },
  ]);
});

test('does not split at semicolons in strings and comments', () => {
  assert.deepEqual(scriptParts("select ';' -- ;\n, 2"), [{ text: "select ';' -- ;\n, 2", returnsRows: true }]);
});

test('returns trailing definitions as a separate part, so that they are checked', () => {
  assert.deepEqual(scriptParts('select 1; set fanout = 2;'), [
    { text: 'select 1', returnsRows: true },
    { text: '        ; set fanout = 2', returnsRows: false },
  ]);
});

test('returns no parts for an empty script', () => assert.deepEqual(scriptParts(' ;; -- nothing\n'), []));

test('returns each statement with its position in the script', () => {
  assert.deepEqual(
    statementsOf('set fanout=2;\n select 1; -- done').map(({ statement, text, positioned }) => [
      statement.kind,
      text,
      positioned,
    ]),
    [
      ['set', 'set fanout=2', 'set fanout=2'],
      ['select', 'select 1', `${' '.repeat(13)}\n select 1`],
    ],
  );
});

for (const [typed, complete] of [
  ['select 1;', true],
  ['select 1; ', true],
  ['select 1; -- done', true],
  ['select 1 --\r;', true],
  ["select E'a'\n'\\';", false],
  ['select\u00a01;\u00a0 ', true],
  ['select 1', false],
  ["select ';", false],
  ["select ';'", false],
  ['/* ; ', false],
  ['', false],
] as const) {
  test(`${JSON.stringify(typed)} is ${complete ? 'complete' : 'incomplete'} input`, () =>
    assert.equal(completeTokens(typed) !== undefined, complete));
}

test('returns the names in a statement with only ASCII letters in lower case, as DuckDB compares them', () => {
  const [statement] = statementsOf('FROM "\u212aiwi", KIWI, "Plum" --\r, pear');
  assert.deepEqual([...(statement?.names ?? [])], ['from', '\u212aiwi', 'kiwi', 'plum', 'pear']);
});
