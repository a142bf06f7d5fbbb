import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type ColumnSql, expressionSql } from '../../../../engine/duckdb/render/expressions.ts';
import { renderFragment } from '../../../../engine/duckdb/render/relations.ts';
import type { Expression } from '../../../../engine/plan/expression.ts';
import { BOOLEAN, type DataType, scalar } from '../../../../engine/plan/types.ts';
import { answerTo, contextOf, openSession, planOf, type Session } from './session.ts';

/** For each nested type, its values in ascending order. */
const NESTED: Readonly<Record<string, readonly string[]>> = {
  'INTEGER[]': ['[]', '[1]', '[1, 2]', '[1, NULL]', '[3]', '[NULL]'],
  'INTEGER[2]': ['[0, 5]', '[1, 1]', '[1, NULL]', '[3, 0]'],
  'DOUBLE[]': ["['-inf']", "['-0.0']", '[0.5]', "['nan']"],
  'STRUCT(a INTEGER, b VARCHAR)': ["{a: 1, b: ''}", "{a: 1, b: 'x'}", '{a: 1, b: NULL}', "{a: 2, b: 'a'}"],
  'MAP(INTEGER, INTEGER)': ['map([0], [1])', 'map([1], [1])', 'map([1], [2])', 'map([3], [0])'],
  'UNION(a INTEGER, b INTEGER)': ['union_value(a := 1)', 'union_value(a := 2)', 'union_value(b := 1)'],
};

let session: Session;
before(async () => {
  session = await openSession();
});
after(() => {
  session.binder.closeSync();
  session.executor.closeSync();
});

/** Renders a query's plan, runs it and returns the values of its only column. */
async function renderedColumn(sql: string): Promise<readonly string[]> {
  const plan = await planOf(session, sql);
  const answer = await answerTo(session.executor, renderFragment(plan.root, contextOf(plan)));
  return answer.rows.map(([value = '']) => value).sort();
}

describe('a filter that bounds nested values', () => {
  for (const [type, values] of Object.entries(NESTED)) {
    const literals = [...values, 'NULL'].map((value) => `CAST(${value} AS ${type})`);
    const rows = `(VALUES ${literals.map((literal, index) => `(${index}, ${literal})`).join(', ')}) t(i, v)`;
    const [low, middle, high] = [literals[1] ?? '', literals.at(-3) ?? '', literals.at(-2) ?? ''];
    for (const predicate of [
      `v BETWEEN ${low} AND ${middle}`,
      `v > ${low} AND v < ${high}`,
      `v >= ${low} AND v < ${high}`,
      `v > ${low} AND v <= ${high}`,
      `${high} > v AND ${low} <= v`,
      `v BETWEEN ${high} AND ${low}`,
      `v BETWEEN NULL AND ${high}`,
      `i < 0 OR (v >= ${low} AND v <= ${high})`,
      `(v >= ${low} AND v <= ${high}) IS NOT TRUE`,
      `CASE WHEN v BETWEEN ${low} AND ${high} THEN i = 2 ELSE i = 0 END`,
      `(CASE WHEN random() < 2 THEN v END) BETWEEN ${low} AND ${high}`,
      `v NOT BETWEEN ${middle} AND ${middle}`,
    ]) {
      // Plain DuckDB evaluates these predicates only outside of filters.
      test(`selects the rows for which it is true: ${predicate}`, async () => {
        const judged = await answerTo(session.binder, `SELECT i, (${predicate}) IS TRUE FROM ${rows}`);
        const expected = judged.rows.flatMap(([id = '', isTrue]) => (isTrue === 'true' ? [id] : [])).sort();
        assert.deepEqual(await renderedColumn(`SELECT i FROM ${rows} WHERE ${predicate}`), expected);
        const table = `(SELECT i, any_value(v) AS v FROM ${rows} GROUP BY i)`;
        assert.deepEqual(await renderedColumn(`SELECT i FROM ${table} WHERE ${predicate}`), expected);
      });
    }
    test(`joins by a condition on one side: ${type}`, async () => {
      const match = `b.v BETWEEN ${low} AND ${high}`;
      const expected = await answerTo(
        session.binder,
        `SELECT count(CASE WHEN ${match} THEN 1 END)::VARCHAR FROM ${rows.replace('t(i, v)', 'b(i, v)')}`,
      );
      const join = `SELECT count(b.i)::VARCHAR FROM ${rows.replace('t(', 'a(')} LEFT JOIN ${rows.replace('t(', 'b(')}`;
      assert.deepEqual(await renderedColumn(`${join} ON a.i = b.i AND ${match}`), expected.rows[0]);
    });
  }
});

describe('a BETWEEN with a volatile input', () => {
  const integer = scalar('INTEGER');
  const column = (index: number, type: DataType): Expression => ({ kind: 'column', index, type });
  const numbers = ['0', '1', '2', 'NULL'];
  for (const [typeName, type, literal] of [
    ['INTEGER', integer, (value: string) => `CAST(${value} AS INTEGER)`],
    [
      'INTEGER[]',
      { kind: 'list', child: integer },
      (value: string) => `CASE WHEN ${value} IS NULL THEN NULL::INTEGER[] ELSE [${value}] END`,
    ],
  ] as const) {
    for (const [lowerInclusive, upperInclusive] of [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ] as const) {
      const bounds = `${lowerInclusive ? '>=' : '>'} lower, ${upperInclusive ? '<=' : '<'} upper`;
      test(`evaluates its input once, and NULLs as the comparisons do: ${typeName}, ${bounds}`, async () => {
        const sql = (column_: ColumnSql, input: Expression): string =>
          expressionSql(
            {
              kind: 'between',
              input,
              lower: column(1, type),
              upper: column(2, type),
              lowerInclusive,
              upperInclusive,
              type: BOOLEAN,
            },
            column_,
          );
        const random: Expression = { kind: 'function', name: 'random', inputs: [], type: scalar('DOUBLE') };
        const input: Expression = {
          kind: 'case',
          branches: [
            {
              when: {
                kind: 'comparison',
                operator: '>=',
                left: random,
                right: { kind: 'constant', value: 0, type: scalar('DOUBLE') },
                type: BOOLEAN,
              },
              then: column(0, type),
            },
          ],
          otherwise: column(0, type),
          type,
        };
        const predicate = sql((index) => `c${index}`, input);
        assert.equal(predicate.split('random').length, 2, predicate);
        const values = numbers.map(literal);
        const rows = values.flatMap((a) => values.flatMap((b) => values.map((c) => `(${a}, ${b}, ${c})`)));
        const table = `(VALUES ${rows.join(', ')}) t(c0, c1, c2)`;
        const expected = `c0 ${lowerInclusive ? '>=' : '>'} c1 AND c0 ${upperInclusive ? '<=' : '<'} c2`;
        const { rows: differing } = await answerTo(
          session.executor,
          `SELECT c0, c1, c2 FROM ${table} WHERE (${predicate}) IS DISTINCT FROM (${expected})`,
        );
        assert.deepEqual(differing, []);
        await answerTo(session.executor, `SELECT c0 FROM ${table} WHERE ${predicate}`);
      });
    }
  }
});
