import assert from 'node:assert/strict';
import test from 'node:test';
import { parseScript } from '../../../../coordinator/binder/sql/statements.ts';
import { type ErrorCode, FabricError } from '../../../../engine/errors.ts';

const splits: readonly { readonly script: string; readonly pieces: readonly string[] }[] = [
  { script: '', pieces: [] },
  { script: ' ;; ; -- nothing\n /* at; all */', pieces: [] },
  { script: 'SELECT 1', pieces: ['SELECT 1'] },
  { script: 'SELECT 1; SELECT 2;', pieces: ['SELECT 1', 'SELECT 2'] },
  { script: "SELECT ';' ; SELECT 'it''s; '", pieces: ["SELECT ';'", "SELECT 'it''s; '"] },
  { script: "SELECT E'\\';' ; SELECT 2", pieces: ["SELECT E'\\';'", 'SELECT 2'] },
  { script: 'SELECT ";" FROM "a""; b"; SELECT 2', pieces: ['SELECT ";" FROM "a""; b"', 'SELECT 2'] },
  { script: 'SELECT $$;$$; SELECT $a$ $b$;$$ $a$', pieces: ['SELECT $$;$$', 'SELECT $a$ $b$;$$ $a$'] },
  { script: 'SELECT 1 -- one; two\n + 1; SELECT 2', pieces: ['SELECT 1 -- one; two\n + 1', 'SELECT 2'] },
  { script: 'SELECT /* a; /* b; */ c; */ 1; SELECT 2', pieces: ['SELECT /* a; /* b; */ c; */ 1', 'SELECT 2'] },
  { script: 'SELECT 1 -- the end', pieces: ['SELECT 1'] },
  { script: 'SELECT $1; SELECT a$b$c; SELECT 2', pieces: ['SELECT $1', 'SELECT a$b$c', 'SELECT 2'] },
];

for (const { script, pieces } of splits) {
  test(`splits ${JSON.stringify(script)} into statements`, () => {
    const found = parseScript(script).map(({ source }) => source);
    assert.deepEqual(
      found.map(({ text }) => text),
      pieces,
    );
    for (const { text, offset } of found) assert.equal(script.slice(offset, offset + text.length), text);
  });
}

const heads: readonly { readonly script: string; readonly gives: unknown }[] = [
  { script: 'FROM t', gives: { kind: 'select', query: { text: 'FROM t', offset: 0 } } },
  { script: ' EXPLAIN FROM t', gives: { kind: 'explain', query: { text: 'FROM t', offset: 9 } } },
  { script: 'DESCRIBE (SELECT 1)', gives: { kind: 'describe', query: { text: '(SELECT 1)', offset: 9 } } },
  { script: 'desc t', gives: { kind: 'describe', query: { text: 'FROM t', offset: 0 } } },
  { script: 'SHOW TABLES', gives: { kind: 'show-tables' } },
  {
    script: 'CREATE OR REPLACE TEMP VIEW "My ""view""" (a, "B") AS SELECT 1, 2',
    gives: {
      kind: 'create-view',
      name: 'My "view"',
      ifExists: 'replace',
      columns: ['a', 'B'],
      query: { text: 'SELECT 1, 2', offset: 54 },
    },
  },
  {
    script: 'create view if not exists V as from t',
    gives: { kind: 'create-view', name: 'V', ifExists: 'keep', columns: [], query: { text: 'from t', offset: 31 } },
  },
  { script: "SET fanout = '4'", gives: { kind: 'set', name: 'fanout', value: '4' } },
  { script: 'SET Fanout TO 4', gives: { kind: 'set', name: 'fanout', value: '4' } },
  { script: 'set session timeout = 30s', gives: { kind: 'set', name: 'timeout', value: '30s' } },
  { script: "SET TIME ZONE 'Asia/Tokyo'", gives: { kind: 'set', name: 'timezone', value: 'Asia/Tokyo' } },
  { script: "SET x = ['a', 2]", gives: { kind: 'set', name: 'x', value: "['a', 2]" } },
  { script: 'SET broadcast_limit = -1', gives: { kind: 'set', name: 'broadcast_limit', value: '-1' } },
];

for (const { script, gives } of heads) {
  test(`parses the statement: ${script}`, () => {
    const statements = parseScript(script).map(({ statement }) => statement);
    assert.deepEqual(statements, [gives]);
  });
}

const wrong: readonly {
  readonly script: string;
  readonly code: ErrorCode;
  readonly at?: readonly [line: number, column: number];
}[] = [
  { script: "SELECT 1;\n  SELECT 'open", code: 'SYNTAX_ERROR', at: [2, 10] },
  { script: 'SELECT "open', code: 'SYNTAX_ERROR', at: [1, 8] },
  { script: 'SELECT 1 /* open /* */', code: 'SYNTAX_ERROR', at: [1, 10] },
  { script: 'SELECT $x$ open $y$', code: 'SYNTAX_ERROR', at: [1, 8] },
  { script: "SELECT '\0'", code: 'SYNTAX_ERROR', at: [1, 9] },
  { script: 'SET fanout', code: 'SYNTAX_ERROR', at: [1, 11] },
  { script: 'CREATE VIEW v SELECT 1', code: 'SYNTAX_ERROR', at: [1, 15] },
  { script: "CREATE VIEW 'v' AS SELECT 1", code: 'SYNTAX_ERROR', at: [1, 13] },
  { script: 'CREATE VIEW v AS', code: 'SYNTAX_ERROR', at: [1, 17] },
  { script: 'EXPLAIN', code: 'SYNTAX_ERROR', at: [1, 8] },
  { script: 'CREATE VIEW main.v AS SELECT 1', code: 'STATEMENT_NOT_ALLOWED' },
];

for (const { script, code, at } of wrong) {
  test(`rejects ${JSON.stringify(script)} with ${code}`, () => {
    assert.throws(
      () => parseScript(script),
      (error) => {
        assert.ok(error instanceof FabricError);
        assert.equal(error.code, code);
        if (at !== undefined) assert.deepEqual([error.details['line'], error.details['column']], at);
        return true;
      },
    );
  });
}

test('shows the line with a caret under the error position', () => {
  assert.throws(
    () => parseScript("SELECT 1;\n\tSELECT \u{1F600}, 'open"),
    /^FabricError: unterminated string at line 2, column 12:\n\tSELECT \u{1F600}, 'open\n\t {10}\^$/u,
  );
});

test('shows only the part of a long line around the error position', () => {
  const script = `SELECT ${'a, '.repeat(100)}'open`;
  assert.throws(
    () => parseScript(script),
    (error) => {
      const [, shown = '', caret = ''] = String(error).split('\n');
      assert.ok(shown.length < 110);
      assert.equal(shown[caret.indexOf('^')], "'");
      return true;
    },
  );
});
