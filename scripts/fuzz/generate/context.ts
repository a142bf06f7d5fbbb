import type { Choices } from '../choices.ts';
import type { Column, Kind, Table } from '../tables.ts';

/**
 * The contents of FROM: its text, its columns as written in SQL, and a set of columns that is unique together. `key` is
 * empty if no such set is known.
 */
export interface Source {
  readonly from: readonly string[];
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly isLarge: boolean;
}

/** The text of a subquery, with the names and kinds of its columns. */
export interface Subquery {
  readonly text: string;
  readonly columns: readonly Column[];
}

export interface Context {
  readonly choices: Choices;
  readonly tables: readonly Table[];
  /** The small tables that have the columns `id`, `k`, `s` and `b`. */
  readonly keyed: readonly Table[];
  /** The columns of each CTE, by name. */
  readonly ctes: Map<string, readonly Column[]>;
  alias(): string;
  /** Generates a subquery. A function of the context, because a subquery contains relations and a relation may be a subquery. */
  subquery(context: Context): Subquery;
  /** The number of further nesting levels allowed for subqueries. */
  readonly depth: number;
}

export const LITERALS: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  int: ['0', '1', '2', '3', '-1', '7', 'NULL::INTEGER'],
  wide: ['0', '1', '9223372036854775807', '-9223372036854775808'],
  decimal: ['0.000', '12.5', '-0.001', '999999999999999.999'],
  double: ['0.0::DOUBLE', '0.5::DOUBLE', '3.0::DOUBLE', "'nan'::DOUBLE", "'inf'::DOUBLE", "'-inf'::DOUBLE"],
  extreme: ['1e308', '3.0::DOUBLE', "'nan'::DOUBLE", '0.1::DOUBLE'],
  bool: ['true', 'false', 'NULL::BOOLEAN'],
  text: ["'a'", "'A'", "'b'", "'é'", "''", "'zz'", 'NULL::VARCHAR'],
  date: ["DATE '2024-02-29'", "DATE '1970-01-01'", "'infinity'::DATE", "'-infinity'::DATE"],
  timestamp: ["TIMESTAMP '2024-02-29 12:00:00.123456'", "'infinity'::TIMESTAMP"],
  list: ['[1]', '[]::INTEGER[]', '[1, NULL]'],
  struct: ["{a: 1, b: 'x'}"],
};
export const COLLATIONS = ['NOCASE', 'NOACCENT', 'NOCASE.NOACCENT'];
/** Kinds whose values have a unique order and a unique text form. */
export const PLAIN: readonly Kind[] = ['int', 'wide', 'decimal', 'text', 'bool', 'date', 'timestamp', 'other'];

export const sortKey =
  ({ choices }: Context) =>
  (key: string): string =>
    `${key}${choices.one(['', ' DESC', ' NULLS FIRST', ' DESC NULLS LAST'])}`;

export function some({ choices }: Context, from: Source, least: number, most: number): readonly string[] {
  const sortable = from.columns.filter(({ kind }) => kind !== 'struct');
  return choices
    .some(sortable, least, most)
    .map(({ name, kind }) => (kind === 'text' && choices.chance(0.2) ? `${name} COLLATE NOCASE` : name));
}
