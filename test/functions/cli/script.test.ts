import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isComplete, scriptParts, statementsOf } from '../../../functions/cli/script.ts';

test('a script is cut at the statements that give rows, definitions staying before all that follow', () => {
  const script = 'create view v as select 1;\nselect 1;\nset fanout = 2; from v';
  assert.deepEqual(scriptParts(script), [
    { text: 'create view v as select 1;\nselect 1', givesRows: true },
    { text: 'create view v as select 1;\n        ;\nset fanout = 2; from v', givesRows: true },
  ]);
});

test('semicolons in strings and comments do not cut', () => {
  assert.deepEqual(scriptParts("select ';' -- ;\n, 2"), [{ text: "select ';' -- ;\n, 2", givesRows: true }]);
});

test('definitions alone are a part too, so that they are checked', () => {
  assert.deepEqual(scriptParts('select 1; set fanout = 2;'), [
    { text: 'select 1', givesRows: true },
    { text: '        ; set fanout = 2', givesRows: false },
  ]);
});

test('an empty script has no parts', () => assert.deepEqual(scriptParts(' ;; -- nothing\n'), []));

test('statements by themselves stand where they stand in the script', () => {
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
  ['select 1', false],
  ["select ';", false],
  ["select ';'", false],
  ['/* ; ', false],
  ['', false],
] as const) {
  test(`${JSON.stringify(typed)} is ${complete ? '' : 'not '}complete`, () =>
    assert.equal(isComplete(typed), complete));
}
