import type { DuckDBConnection } from '@duckdb/node-api';
import { textRows } from '../../coordinator/front/result/text-rows.ts';
import { FabricError } from '../../engine/errors.ts';
import { typeSql } from '../../engine/plan/types.ts';
import type { EmbeddedSession } from '../../functions/embedded/session.ts';

/** The outcome of a query: its rows as text, or the code and message of its error. */
export type Answer =
  | {
      readonly kind: 'rows';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | null)[])[];
    }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

/** Runs a query on plain DuckDB, which also casts the values to text. */
export async function plainAnswer(connection: DuckDBConnection, sql: string): Promise<Answer> {
  try {
    const prepared = await connection.prepare(sql);
    const columns = Array.from(
      { length: prepared.columnCount },
      (_, index) => `${prepared.columnName(index)} ${prepared.columnType(index)}`,
    );
    const names = columns.map((_, index) => `v${index}`);
    const texts = names.map((name) => `CAST(${name} AS VARCHAR)`);
    const reader = await connection.runAndReadAll(`SELECT ${texts.join(', ')} FROM (${sql}) AS q(${names.join(', ')})`);
    return {
      kind: 'rows',
      columns,
      rows: reader.getRows().map((row) => row.map((value) => (value === null ? null : String(value)))),
    };
  } catch (error) {
    return { kind: 'error', code: 'DUCKDB', message: error instanceof Error ? error.message : String(error) };
  }
}

export async function volleyAnswer(session: EmbeddedSession, script: string): Promise<Answer> {
  try {
    const result = await session.run(script, { resultFormat: 'arrow', explain: false });
    if (result.kind !== 'rows') return { kind: 'error', code: 'NO_ROWS', message: result.kind };
    try {
      const rows: (readonly (string | null)[])[] = [];
      for await (const piece of textRows(result.result, (text) => text)) rows.push(...piece.rows);
      return { kind: 'rows', columns: result.result.columns.map(({ name, type }) => `${name} ${typeSql(type)}`), rows };
    } finally {
      await result.release();
    }
  } catch (error) {
    // The session comes from a bundle, which contains a separate copy of the class `FabricError`.
    const code =
      error instanceof FabricError || (error instanceof Error && 'code' in error) ? String(error.code) : 'CRASH';
    return { kind: 'error', code, message: error instanceof Error ? error.message : String(error) };
  }
}

/** How rows are compared. `isOrdered` compares them in order, and `folds` ignores case and accents. */
export interface Comparison {
  readonly isOrdered: boolean;
  readonly folds: boolean;
}

/**
 * Describes how an answer differs from the expected answer, or returns `undefined` if they match. Floating-point
 * numbers may have a relative error of 1e-9.
 */
export function difference(expected: Answer, actual: Answer, comparison: Comparison): string | undefined {
  // The plan decides for which rows an expression is evaluated. If DuckDB reports an error, Volley may therefore return
  // rows.
  if (expected.kind === 'error')
    return actual.kind === 'error' && FAULTS.has(actual.code) ? errorText(actual) : undefined;
  if (actual.kind === 'error') return errorText(actual);
  const [wanted, found] = [expected.columns.map(typeText).join(', '), actual.columns.map(typeText).join(', ')];
  if (wanted !== found) return `columns ${found} instead of ${wanted}`;
  if (expected.rows.length !== actual.rows.length)
    return `${actual.rows.length} rows instead of ${expected.rows.length}`;
  const floating = expected.columns.map((column) => /(DOUBLE|FLOAT)$/.test(column));
  const [left, right] = [expected.rows, actual.rows].map((rows) => {
    const normal = rows.map((row) =>
      row.map((value, column) => normalized(value, floating[column] === true, comparison.folds)),
    );
    return comparison.isOrdered
      ? normal
      : normal.sort((a, b) => compareText(sortText(a, floating), sortText(b, floating)));
  });
  for (const [index, row] of (left ?? []).entries()) {
    const other = right?.[index] ?? [];
    const isSame = row.every(
      (value, column) => value === other[column] || (floating[column] === true && isNear(value, other[column])),
    );
    if (!isSame) return `row ${index} is (${other.map(shown).join(' | ')}) instead of (${row.map(shown).join(' | ')})`;
  }
  return undefined;
}

/** Error codes that always indicate a defect. */
const FAULTS: ReadonlySet<string> = new Set(['INTERNAL', 'CRASH', 'NO_ROWS']);

const errorText = ({ code, message }: Extract<Answer, { kind: 'error' }>): string => `${code}: ${message}`;

const shown = (value: string | null | undefined): string => value ?? 'NULL';

/** Removes quotes from a type, because DuckDB's client quotes field names differently. */
function typeText(column: string): string {
  return column.replaceAll('"', '');
}

function normalized(value: string | null, isFloating: boolean, folds: boolean): string | null {
  if (value === null) return null;
  // The sign of 0 and NaN depends on which row comes first.
  if (isFloating) return value === '-0.0' || value === '-nan' ? value.slice(1) : value;
  return folds
    ? value
        .normalize('NFD')
        .replace(/\p{Mn}/gu, '')
        .toLowerCase()
    : value;
}

function sortText(row: readonly (string | null)[], floating: readonly boolean[]): string {
  const texts = row.map((value, column) => {
    if (value === null) return '\u0000';
    return floating[column] === true && Number.isFinite(Number(value)) ? Number(value).toPrecision(6) : value;
  });
  return texts.join('\u0001');
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isNear(wanted: string | null, found: string | null | undefined): boolean {
  if (wanted === null || found === null || found === undefined) return false;
  const [a, b] = [Number(wanted), Number(found)];
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}
