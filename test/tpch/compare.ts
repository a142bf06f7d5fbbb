import assert from 'node:assert/strict';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Result } from '../../coordinator/front/result/result.ts';
import { textRows } from '../../coordinator/front/result/text-rows.ts';
import { typeSql } from '../../engine/plan/types.ts';

/** A query's answer. Values are text, as DuckDB prints them, and NULL is null. */
export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export async function answerOf(result: Result): Promise<Answer> {
  const rows: (readonly (string | null)[])[] = [];
  for await (const piece of textRows(result, (text) => text)) rows.push(...piece.rows);
  return { columns: result.columns.map(({ name, type }) => ({ name, type: typeSql(type) })), rows };
}

/** Runs a query in plain DuckDB and returns the answer. */
export async function plainAnswer(connection: DuckDBConnection, sql: string): Promise<Answer> {
  const reader = await connection.runAndReadAll(sql);
  const types = reader.columnTypes();
  const columns = reader.columnNames().map((name, index) => ({ name, type: String(types[index]) }));
  const rows = reader.getRowsJson().map((row) => row.map((value) => (value === null ? null : String(value))));
  return { columns, rows };
}

/**
 * Asserts that two answers have the same names, types and rows, in the same order. Floating-point values may differ by a relative 1e-9,
 * because the terms of a sum are added in a different order.
 */
export function assertSameAnswer(actual: Answer, expected: Answer): void {
  assert.deepEqual(actual.columns, expected.columns);
  assert.equal(actual.rows.length, expected.rows.length, 'number of rows');
  for (const [index, row] of actual.rows.entries()) {
    for (const [column, value] of row.entries()) {
      const wanted = expected.rows[index]?.[column] ?? null;
      if (value === wanted) continue;
      const isFloating = /^(DOUBLE|FLOAT)$/.test(expected.columns[column]?.type ?? '');
      const difference = Math.abs(Number(value) - Number(wanted));
      assert.ok(
        isFloating && value !== null && wanted !== null && difference <= 1e-9 * Math.abs(Number(wanted)),
        `row ${index}, column ${expected.columns[column]?.name}: ${value} instead of ${wanted}`,
      );
    }
  }
}
