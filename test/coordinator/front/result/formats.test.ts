import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BatchFormat, formatResult } from '../../../../coordinator/front/result/format.ts';
import type { ResultBatch } from '../../../../coordinator/front/result/result.ts';
import { formatTable } from '../../../../coordinator/front/result/table.ts';
import { resultOf, textOf } from './query-result.ts';

const format = (sql: string, name: BatchFormat): Promise<string> => textOf(formatResult(resultOf(sql), name));

const CASES: readonly {
  readonly name: string;
  readonly format: BatchFormat;
  readonly sql: string;
  readonly expected: string;
}[] = [
  {
    name: 'writes JSON as an array of objects, one per line',
    format: 'json',
    sql: "FROM (VALUES (1, 'a'), (2, NULL)) AS t(n, s)",
    expected: '[\n{"n":1,"s":"a"},\n{"n":2,"s":null}\n]\n',
  },
  {
    name: 'writes a JSON result without rows as an empty array',
    format: 'json',
    sql: 'SELECT 1 AS a WHERE false',
    expected: '[]\n',
  },
  {
    name: 'makes repeated column names in JSON unique without clashing with existing names',
    format: 'ndjson',
    sql: 'SELECT 1 AS a, 2 AS a_1, 3 AS a, 4 AS a',
    expected: '{"a":1,"a_1":2,"a_2":3,"a_3":4}\n',
  },
  {
    name: 'writes decimals and integers of 64 bits or more as JSON strings, regardless of their value',
    format: 'ndjson',
    sql: 'SELECT 1::BIGINT AS a, 9007199254740993::UBIGINT AS b, 5::HUGEINT AS c, 1.50::DECIMAL(5,2) AS d, 7::INTEGER AS e',
    expected: '{"a":"1","b":"9007199254740993","c":"5","d":"1.50","e":7}\n',
  },
  {
    name: 'writes numbers that JSON cannot express as strings, and all others with every digit',
    format: 'ndjson',
    sql: "SELECT 'nan'::DOUBLE AS a, 'inf'::FLOAT AS b, '-inf'::DOUBLE AS c, 1e30::DOUBLE AS d, 0.1::FLOAT AS e, '-0'::DOUBLE AS f",
    expected: '{"a":"NaN","b":"Infinity","c":"-Infinity","d":1e+30,"e":0.1,"f":-0.0}\n',
  },
  {
    name: 'writes nested values and JSON columns as nested JSON, and blobs as base64',
    format: 'ndjson',
    sql: `SELECT [1, NULL] AS l, {'x': [true], 'y': 1::BIGINT} AS s, MAP {'k': 1.5::DOUBLE} AS m, row(1, 'a') AS u, '\\x00\\xFF'::BLOB AS b,
      '{"z":\n 1}'::JSON AS j, union_value(k := [2]) AS v, DATE '2026-11-21' AS d`,
    expected:
      '{"l":[1,null],"s":{"x":[true],"y":"1"},"m":{"k":1.5},"u":[1,"a"],"b":"AP8=","j":{"z":  1},"v":[2],"d":"2026-11-21"}\n',
  },
  {
    name: 'quotes CSV fields where necessary and distinguishes NULL from the empty string',
    format: 'csv',
    sql: `SELECT 'a,b' AS "x,y", 'say "hi"' AS q, 'two\nlines' AS l, NULL AS n, '' AS e, ' plain ' AS p`,
    expected: '"x,y",q,l,n,e,p\n"a,b","say ""hi""","two\nlines",,"", plain \n',
  },
  {
    name: 'writes the header of a CSV result without rows',
    format: 'csv',
    sql: 'SELECT 1 AS a WHERE false',
    expected: 'a\n',
  },
  {
    name: 'keeps values inside their Markdown cells and right-aligns numbers',
    format: 'markdown',
    sql: `SELECT 1 AS n, 'a|b' AS "p|q", 'x\ny' AS l, NULL::VARCHAR AS z`,
    expected: '| n | p\\|q | l | z |\n| ---: | :--- | :--- | :--- |\n| 1 | a\\|b | x<br>y | NULL |\n',
  },
  {
    name: 'shows names, types and NULL in a table, right-aligns numbers and measures wide characters',
    format: 'table',
    sql: "FROM (VALUES (1::BIGINT, '漢字', 1.50::DECIMAL(5,2)), (20, NULL, -0.25)) AS t(id, word, price)",
    expected: [
      '┌───────┬─────────┬──────────────┐',
      '│  id   │  word   │    price     │',
      '│ int64 │ varchar │ decimal(5,2) │',
      '├───────┼─────────┼──────────────┤',
      '│     1 │ 漢字    │         1.50 │',
      '│    20 │ NULL    │        -0.25 │',
      '└───────┴─────────┴──────────────┘',
      '',
    ].join('\n'),
  },
  {
    name: 'escapes control characters in a table so that data cannot control the terminal',
    format: 'table',
    sql: "SELECT 'a' || chr(27) || '[2J' || chr(10) || 'b' AS t",
    expected: [
      '┌───────────────┐',
      '│       t       │',
      '│    varchar    │',
      '├───────────────┤',
      '│ a\\u001b[2J\\nb │',
      '└───────────────┘',
      '',
    ].join('\n'),
  },
];

for (const { name, format: formatName, sql, expected } of CASES) {
  test(name, async () => assert.equal(await format(sql, formatName), expected));
}

test('shows only the first and last rows and the row count of a long table on a terminal', async () => {
  const text = await textOf(formatTable(resultOf('SELECT i FROM range(100000) AS r(i)'), { maxRows: 4 }));
  assert.deepEqual(text.split('\n').slice(4), [
    '│     0 │',
    '│     1 │',
    '│   ·   │',
    '│   ·   │',
    '│   ·   │',
    '│ 99998 │',
    '│ 99999 │',
    '└───────┘',
    '100,000 rows (4 shown)',
    '',
  ]);
});

test('writes every row of a long table to a pipe', async () => {
  const text = await textOf(formatTable(resultOf('SELECT i FROM range(5000) AS r(i)')));
  assert.equal(text.split('\n').length, 5 + 5000 + 1);
});

test('streams a table to a pipe and buffers only the rows that determine the column widths', async () => {
  const result = resultOf('SELECT i FROM range(200000) AS r(i)');
  let batchesRead = 0;
  async function* counted(): AsyncGenerator<ResultBatch> {
    for await (const batch of result.batches) {
      batchesRead += 1;
      yield batch;
    }
  }
  const table = formatTable({ ...result, batches: counted() });
  await table.next();
  assert.ok(batchesRead * 2048 < 20_000, `${batchesRead} batches were read for the first line`);
  let lines = 1;
  for await (const text of table) lines += text.split('\n').length - 1;
  assert.equal(lines, 5 + 200_000);
});

for (const maxWidth of [20, 40, 60, 100]) {
  test(`fits a wide table into ${maxWidth} cells by shortening values and then omitting middle columns`, async () => {
    const columns = Array.from({ length: 12 }, (_, index) => `repeat('漢x', ${index + 3}) AS column_${index}`);
    const text = await textOf(formatTable(resultOf(`SELECT ${columns.join(', ')}`), { maxWidth }));
    const [rule = ''] = text.split('\n');
    // The first line has only single-width characters. It always fits two columns of the minimum width and the gap between them.
    assert.ok(rule.length <= Math.max(maxWidth, 27), `${rule.length} cells`);
    assert.match(text, /12 columns \(\d+ shown\)/);
  });
}
