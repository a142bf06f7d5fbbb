import type { Column } from '../tables.ts';
import { COLLATIONS, type Context, type Source } from './context.ts';
import { comparison } from './expressions.ts';

/** Generates a join of one to three relations. */
export function source(context: Context): Source {
  const { choices } = context;
  let all = relation(context, !choices.chance(0.12));
  for (let joins = choices.one([0, 0, 0, 1, 1, 2]); joins > 0; joins -= 1)
    all = choices.chance(0.1) ? unnested(context, all) : joined(context, all);
  return all;
}

/** Joins each row with the elements of a list. */
function unnested(context: Context, left: Source): Source {
  const { choices } = context;
  const columns = left.columns.filter(({ kind }) => kind === 'list');
  const ints = left.columns.filter(({ kind }) => kind === 'int');
  const lists = [
    ...columns.map(({ name }) => name),
    ...ints.map(({ name }) => `[${name}, NULL, 2]`),
    ...ints.map(({ name }) => `range(${name} % 4)`),
  ];
  if (lists.length === 0) return left;
  const [list, alias] = [choices.one(columns.length > 0 ? lists : lists.slice(0, 2)), context.alias()];
  const element = { name: `${alias}.e`, kind: 'int' } as const;
  const join = choices.one([
    () => ({ text: `CROSS JOIN unnest(${list}) AS ${alias}(e)`, columns: [element], key: [] }),
    () => ({ text: `LEFT JOIN unnest(${list}) AS ${alias}(e) ON true`, columns: [element], key: [] }),
    () => ({
      text: `CROSS JOIN unnest(${list}) WITH ORDINALITY AS ${alias}(e, o)`,
      columns: [element, { name: `${alias}.o`, kind: 'int' } as const],
      key: left.key.length > 0 ? [...left.key, `${alias}.o`] : [],
    }),
  ])();
  return { from: [...left.from, join.text], columns: [...left.columns, ...join.columns], key: join.key, isLarge: true };
}

function relation(context: Context, small: boolean): Source {
  const { choices, tables, ctes, depth } = context;
  const alias = context.alias();
  if (depth > 0 && choices.chance(0.15)) {
    const { text, columns } = context.subquery(context);
    return { from: [`(${text}) AS ${alias}`], columns: qualified(alias, columns), key: [], isLarge: true };
  }
  const [cte] = choices.some([...ctes], 0, 1);
  if (cte !== undefined) {
    const [name, columns] = cte;
    return { from: [`${name} AS ${alias}`], columns: qualified(alias, columns), key: [], isLarge: true };
  }
  const usable = tables.filter((table) => !(small && table.isLarge));
  const first = choices.one(usable);
  const { name, columns, isLarge } = first.isTiny && choices.chance(0.7) ? choices.one(usable) : first;
  return { from: [`${name} AS ${alias}`], columns: qualified(alias, columns), key: [`${alias}.id`], isLarge };
}

function qualified(alias: string, columns: readonly Column[]): readonly Column[] {
  return columns.map(({ name, kind }) => ({ name: `${alias}.${name}`, kind }));
}

function joined(context: Context, left: Source): Source {
  const { choices } = context;
  const right = relation(context, true);
  const on = joinCondition(context, left, right);
  if (on === undefined) return left;
  const [relationText = ''] = right.from;
  const isSafe = left.key.length > 0 && right.key.length > 0;
  const roll = choices.below(10);
  if (roll === 0 && isSafe && !left.isLarge) {
    const inequality = `${left.key[0]} >= ${right.key[0]}`;
    const kind = choices.one(['ASOF JOIN', 'ASOF LEFT JOIN']);
    return both(left, right, `${kind} ${relationText} ON ${on} AND ${inequality}`);
  }
  if (roll < 3) {
    const kind = choices.one(['SEMI', 'ANTI']);
    return { ...left, from: [...left.from, `${kind} JOIN ${relationText} ON ${on}`] };
  }
  const kind = choices.one(['JOIN', 'JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN']);
  const more = choices.chance(0.25)
    ? ` AND ${comparison(context, { ...left, columns: [...left.columns, ...right.columns] })}`
    : '';
  return both(left, right, `${kind} ${relationText} ON ${on}${kind === 'FULL JOIN' ? '' : more}`);
}

function both(left: Source, right: Source, join: string): Source {
  const isKnown = left.key.length > 0 && right.key.length > 0;
  return {
    from: [...left.from, join],
    columns: [...left.columns, ...right.columns],
    key: isKnown ? [...left.key, ...right.key] : [],
    isLarge: true,
  };
}

/** Generates an equality that keeps the join small. If a side may be large, it uses unique columns if there are any. */
function joinCondition(context: Context, left: Source, right: Source): string | undefined {
  const { choices } = context;
  const [leftKey, rightKey] = [left.key[0], right.key[0]];
  if ((left.isLarge || right.isLarge) && rightKey !== undefined) {
    const ints = left.columns.filter(({ kind }) => kind === 'int');
    const column = leftKey ?? (ints.length > 0 ? choices.one(ints).name : undefined);
    return column === undefined ? undefined : `${column} = ${rightKey}`;
  }
  const pairs = left.columns.flatMap((a) => right.columns.filter((b) => b.kind === a.kind).map((b) => [a, b] as const));
  const usable = pairs.filter(([a, b]) => a.kind !== 'other' || unqualified(a.name) === unqualified(b.name));
  if (usable.length === 0 || (left.isLarge && right.isLarge)) return undefined;
  const frequent = usable.filter(([{ kind }]) => kind === 'int' || kind === 'text' || kind === 'bool');
  const [a, b] = choices.one(frequent.length > 0 && choices.chance(0.6) ? frequent : usable);
  const collate = a.kind === 'text' && choices.chance(0.3) ? ` COLLATE ${choices.one(COLLATIONS)}` : '';
  const operator = choices.one(['=', '=', '=', 'IS NOT DISTINCT FROM']);
  return `${a.name}${collate} ${operator} ${b.name}`;
}

const unqualified = (name: string): string => name.slice(name.indexOf('.') + 1);
