import type { Column } from '../tables.ts';
import type { Context } from './context.ts';
import { predicate } from './expressions.ts';

/** Generates a recursive CTE that follows the ids of a table from one row to the next, or to the row that its column k points to. */
export function recursiveCte(
  context: Context,
  name: string,
): { readonly text: string; readonly columns: readonly Column[] } {
  const { choices, keyed } = context;
  const [first, next] = [choices.one(keyed), choices.one(keyed)];
  const [start, step] = [context.alias(), context.alias()];
  const value = choices.one(['k', 's', 'b']);
  const kind = value === 'k' ? 'int' : value === 's' ? 'text' : 'bool';
  const from = {
    from: [],
    columns: next.columns.map((column) => ({ ...column, name: `${step}.${column.name}` })),
    key: [],
    isLarge: false,
  };
  // UNION drops rows that are already there. UNION ALL needs a bound on the depth.
  const isBounded = choices.chance(0.6);
  const operator = isBounded ? 'UNION ALL' : 'UNION';
  const match = choices.one([
    `${step}.id = ${name}.c0 + 1`,
    `${step}.id = ${name}.c2`,
    `${step}.id IS NOT DISTINCT FROM ${name}.c2`,
  ]);
  const conditions = [
    ...(isBounded ? [`${name}.c3 < ${1 + choices.below(5)}`] : []),
    ...(choices.chance(0.4) ? [predicate({ ...context, depth: 0 }, from)] : []),
  ];
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const depth = isBounded ? `${name}.c3 + 1` : '0';
  const anchor = `SELECT ${start}.id, ${start}.${value}, ${start}.k, 0 FROM ${first.name} AS ${start} WHERE ${start}.id < ${1 + choices.below(6)}`;
  const recursion = `SELECT ${step}.id, ${step}.${value}, ${step}.k, ${depth} FROM ${name} ${choices.one(['JOIN', 'JOIN', 'LEFT JOIN'])} ${next.name} AS ${step} ON ${match}${where}`;
  return {
    text: `${name}(c0, c1, c2, c3) AS (${anchor} ${operator} ${recursion})`,
    columns: [
      { name: 'c0', kind: 'int' },
      { name: 'c1', kind },
      { name: 'c2', kind: 'int' },
      { name: 'c3', kind: 'int' },
    ],
  };
}
