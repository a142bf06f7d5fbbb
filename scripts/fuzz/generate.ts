import type { Choices } from './choices.ts';
import { type Context, some, sortKey } from './generate/context.ts';
import { limitOf } from './generate/limits.ts';
import { recursiveCte } from './generate/recursive.ts';
import { type Built, grouped, plain, setOperation, subquery } from './generate/selects.ts';
import type { Cte, Query } from './query.ts';
import type { Column, Table } from './tables.ts';

/**
 * Generates a random query over the tables. The data determines its result, up to the freedom that `Query` describes.
 */
export function generateQuery(choices: Choices, tables: readonly Table[]): Query {
  let aliases = 0;
  const keyed = tables.filter(({ columns, isLarge }) => !isLarge && columns.some(({ name }) => name === 'k'));
  const context: Context = {
    choices,
    tables,
    keyed,
    ctes: new Map(),
    alias: () => `t${aliases++}`,
    subquery,
    depth: 2,
  };
  const ctes: Cte[] = [];
  while (choices.chance(0.2)) {
    const name = `w${ctes.length}`;
    const isRecursive = choices.chance(0.2);
    const { text, columns } = isRecursive ? recursiveCte(context, name) : simpleCte(context, name);
    ctes.push({ text, isRecursive });
    context.ctes.set(name, columns);
  }
  return { ctes, ...ordered(context) };
}

function simpleCte(context: Context, name: string): { readonly text: string; readonly columns: readonly Column[] } {
  const { text, columns } = subquery({ ...context, depth: 1 });
  const hint = context.choices.one(['', 'MATERIALIZED ', 'NOT MATERIALIZED ']);
  return { text: `${name} AS ${hint}(${text})`, columns };
}

function ordered(context: Context): Omit<Query, 'ctes'> {
  const { choices } = context;
  if (choices.chance(0.2)) {
    const { body, folds } = setOperation(context);
    return { body, folds, ...totalOrder(context, 'constants') };
  }
  const built = choices.chance(0.4) ? grouped(context) : plain(context);
  const { select, source, isGrouped, folds } = built;
  const roll = choices.below(10);
  if (roll < 2) return { body: { ...select, distinct: 'DISTINCT' }, folds, ...totalOrder(context) };
  if (isGrouped || source.key.length === 0) return { body: select, folds, ...totalOrder(context) };
  if (roll === 2) {
    if (choices.chance(0.4)) return { ...sortedByItems(context, built), folds };
    // DuckDB may take the hidden sort key from any of the duplicate rows, so the order is not compared.
    const hidden = some(context, source, 1, 2);
    return {
      body: { ...select, distinct: 'DISTINCT' },
      folds,
      orderBy: hidden.map(sortKey(context)),
      limit: '',
      isOrdered: false,
    };
  }
  if (roll === 3) {
    const on = some(context, source, 1, 2);
    const orderBy = [...on, ...some(context, source, 0, 1).map(sortKey(context)), ...source.key];
    return {
      body: { ...select, distinct: `DISTINCT ON (${on.join(', ')})` },
      folds,
      orderBy,
      limit: limitOf(context, 0.3),
      isOrdered: true,
    };
  }
  if (roll < 6) {
    const hidden = [...some(context, source, 0, 2).map(sortKey(context)), ...source.key];
    return { body: select, folds, orderBy: hidden, limit: limitOf(context, 0.6), isOrdered: true };
  }
  return { body: select, folds, ...totalOrder(context) };
}

function totalOrder(
  context: Context,
  takes: 'subqueries' | 'constants' = 'subqueries',
): Pick<Query, 'orderBy' | 'limit' | 'isOrdered'> {
  const { choices } = context;
  if (choices.chance(0.5)) return { orderBy: [], limit: '', isOrdered: false };
  const direction = choices.one(['', ' DESC', ' NULLS FIRST', ' DESC NULLS LAST']);
  return { orderBy: [`ALL${direction}`], limit: limitOf(context, 0.5, takes), isOrdered: true };
}

/** Sorts distinct rows by hidden expressions over their columns, which determine the order of the rows. */
function sortedByItems(context: Context, { select, kinds, folds }: Built): Omit<Query, 'ctes' | 'folds'> {
  const { choices } = context;
  const index = choices.below(select.items.length);
  const kind = kinds[index];
  const column = `c${index}`;
  // Equal values may have different texts: 0.0 and -0.0, or a and A under NOCASE.
  const hasOneText = !folds && kind !== 'double' && kind !== 'extreme';
  const hidden = hasOneText
    ? choices.one([`${column} IS NULL`, `coalesce(${column}::VARCHAR, 'x')`, `length(${column}::VARCHAR)`])
    : `${column} IS NULL`;
  return {
    body: { ...select, distinct: 'DISTINCT' },
    orderBy: [sortKey(context)(hidden), ...select.items.map((_, position) => `c${position}`)],
    limit: limitOf(context, 0.4),
    isOrdered: true,
  };
}
