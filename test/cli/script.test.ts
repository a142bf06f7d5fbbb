import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionsOf, isComplete, scriptParts } from '../../functions/cli/script.ts';

test('a script is cut at the statements that give rows, definitions staying before all that follow', () => {
  const script = 'create view v as select 1;\nselect 1;\nset fanout = 2; from v';
  assert.deepEqual(scriptParts(script), [
    'create view v as select 1;\nselect 1',
    'create view v as select 1;\n        ;\nset fanout = 2; from v',
  ]);
});

test('semicolons in strings and comments do not cut', () => {
  assert.deepEqual(scriptParts("select ';' -- ;\n, 2"), ["select ';' -- ;\n, 2"]);
});

test('definitions alone are a part too, so that they are checked', () => {
  assert.deepEqual(scriptParts('select 1; set fanout = 2;'), ['select 1', '        ; set fanout = 2']);
});

test('an empty script has no parts', () => assert.deepEqual(scriptParts(' ;; -- nothing\n'), []));

test('the definitions of a script are kept for what follows', () => {
  assert.equal(
    definitionsOf('set fanout=2; select 1; create view v as from t'),
    'set fanout=2;\ncreate view v as from t;\n',
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
