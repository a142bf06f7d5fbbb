import { type Body, bodySql, type Select } from '../query.ts';
import type { Column, Kind } from '../tables.ts';
import { aggregate, overOf, windowCall } from './calls.ts';
import { COLLATIONS, type Context, PLAIN, type Source, type Subquery } from './context.ts';
import { predicate, valueIn } from './expressions.ts';
import { limitOf } from './limits.ts';
import { source } from './sources.ts';

export interface Built {
  readonly select: Select;
  readonly kinds: readonly Kind[];
  readonly source: Source;
  readonly isGrouped: boolean;
  readonly folds: boolean;
}

/** Generates a subquery. */
export function subquery(context: Context): Subquery {
  const inner = { ...context, depth: context.depth - 1 };
  const { choices } = context;
  const made = choices.chance(0.15)
    ? setOperation(inner)
    : ((built) => ({ body: built.select, kinds: built.kinds, folds: built.folds }))(
        choices.chance(0.5) ? grouped(inner) : plain(inner),
      );
  const columns = made.kinds.map((kind, index): Column => ({ name: `c${index}`, kind }));
  if (made.folds || !choices.chance(0.2)) return { text: bodySql(made.body), columns };
  return {
    text: `${bodySql(made.body)} ORDER BY ALL ${limitOf(inner, 1, made.body.kind === 'set' ? 'constants' : 'subqueries')}`,
    columns,
  };
}

export function setOperation(context: Context): {
  readonly body: Body;
  readonly kinds: readonly Kind[];
  readonly folds: boolean;
} {
  const { choices } = context;
  const operator = `${choices.one(['UNION', 'UNION', 'EXCEPT', 'INTERSECT'])}${choices.chance(0.4) ? ' ALL' : ''}`;
  const [leftSource, rightSource] = [source(context), source(context)];
  const left: string[] = [];
  const right: string[] = [];
  const kinds: Kind[] = [];
  let folds = false;
  for (let count = 1 + choices.below(3); kinds.length < count; ) {
    // Columns of the kind `other` have various types.
    const typed = leftSource.columns.filter((column) => column.kind !== 'other');
    const kind = typed.length > 0 ? choices.one(typed).kind : 'int';
    // UNION keeps any of the rows that are equal under a collation. The rest of the query must not depend on the
    // choice.
    const collate = kind === 'text' && operator === 'UNION' && context.depth === 2 && choices.chance(0.5);
    if (collate) folds = true;
    kinds.push(kind);
    left.push(`${valueIn(context, leftSource, kind)}${collate ? ` COLLATE ${choices.one(COLLATIONS)}` : ''}`);
    right.push(valueIn(context, rightSource, kind));
  }
  const side = (items: readonly string[], from: Source): Select => ({
    ...EMPTY,
    items,
    from: from.from,
    where: choices.chance(0.4) ? [predicate(context, from)] : [],
  });
  return {
    body: { kind: 'set', operator, left: side(left, leftSource), right: side(right, rightSource) },
    kinds,
    folds,
  };
}

const EMPTY: Select = {
  kind: 'select',
  distinct: '',
  items: [],
  from: [],
  where: [],
  groupBy: '',
  having: '',
  qualify: '',
};

export function plain(context: Context): Built {
  const { choices } = context;
  const from = source(context);
  const items: string[] = [];
  const kinds: Kind[] = [];
  let folds = false;
  for (let count = 1 + choices.below(4); items.length < count; ) {
    if (from.key.length > 0 && choices.chance(0.25)) {
      const call = windowCall(context, from);
      items.push(call.text);
      kinds.push(call.kind);
      continue;
    }
    if (choices.chance(0.08)) {
      items.push(nestedText(context, from));
      kinds.push('other');
      continue;
    }
    const { kind } = choices.one(from.columns);
    const collate = kind === 'text' && context.depth === 2 && choices.chance(0.2);
    if (collate) folds = true;
    items.push(`${valueIn(context, from, kind)}${collate ? ` COLLATE ${choices.one(COLLATIONS)}` : ''}`);
    kinds.push(kind);
  }
  const qualify =
    from.key.length > 0 && choices.chance(0.08)
      ? `row_number() OVER (${overOf(context, from)}) <= ${1 + choices.below(4)}`
      : '';
  const select = { ...EMPTY, items, from: from.from, where: conditions(context, from), qualify };
  return { select, kinds, source: from, isGrouped: false, folds };
}

export function grouped(context: Context): Built {
  const { choices } = context;
  const from = source(context);
  const groupable = from.columns.filter(({ kind }) => PLAIN.includes(kind) || kind === 'double');
  const groups = choices.some(groupable, 0, 3).map(({ name, kind }) => {
    const collated = kind === 'text' && choices.chance(0.2);
    return {
      text: collated
        ? `decode(encode(lower(${name} COLLATE NOCASE)))`
        : kind === 'int' && choices.chance(0.3)
          ? `${name} % 3`
          : name,
      kind,
    };
  });
  const items = groups.map(({ text }) => text);
  const kinds = groups.map(({ kind }) => kind);
  const calls = 1 + choices.below(3);
  for (let count = 0; count < calls; count += 1) {
    const call = aggregate(context, from);
    items.push(call.text);
    kinds.push(call.kind);
  }
  const texts = groups.map(({ text }) => text);
  const sets = texts.length > 0 && choices.chance(0.25);
  if (sets) {
    items.push(`grouping(${texts.join(', ')})`);
    kinds.push('int');
  }
  const some = (): string => `(${choices.some(texts, 0, texts.length).join(', ')})`;
  const groupBy = !sets
    ? texts.join(', ')
    : choices.one([
        () => `ROLLUP (${texts.join(', ')})`,
        () => `CUBE (${texts.join(', ')})`,
        () => `GROUPING SETS (${some()}, ${some()})`,
        () => `GROUPING SETS ((${texts.join(', ')}), ())`,
      ])();
  const having = choices.chance(0.15) ? `count(*) ${choices.one(['>', '<', '<>'])} ${choices.below(4)}` : '';
  const select = { ...EMPTY, items, from: from.from, where: conditions(context, from), groupBy, having };
  return { select, kinds, source: from, isGrouped: true, folds: false };
}

/** Generates a nested value of collated texts. DuckDB ignores their collations when it compares nested values. */
function nestedText(context: Context, from: Source): string {
  const { choices } = context;
  const text = `${valueIn(context, from, 'text')} COLLATE ${choices.one(COLLATIONS)}`;
  return choices.one([`[${text}]`, `{a: ${text}}`, `[{a: ${text}}]`, `[NULL, ${text}]`]);
}

function conditions(context: Context, from: Source): readonly string[] {
  const { choices } = context;
  return Array.from({ length: choices.one([0, 0, 0, 0, 1, 1, 2]) }, () => predicate(context, from));
}
