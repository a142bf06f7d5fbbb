import type { Kind } from '../tables.ts';
import { COLLATIONS, type Context, LITERALS, type Source } from './context.ts';

/** Generates an expression of a given kind over the source. */
export function valueIn(context: Context, from: Source, kind: Kind): string {
  const { choices } = context;
  const columns = from.columns.filter((column) => column.kind === kind);
  const literals = LITERALS[kind];
  if (columns.length === 0 || (literals !== undefined && choices.chance(0.05))) {
    return literals === undefined ? 'NULL' : choices.one(literals);
  }
  const { name } = choices.one(columns);
  if (choices.chance(0.6)) return name;
  switch (kind) {
    case 'int':
      return choices.one([
        () => `${name} % 3`,
        () => `${name} + 1::BIGINT`,
        () => `coalesce(${name}, -5)`,
        () => `CASE WHEN ${predicate(context, from)} THEN ${name} END`,
        () => scalarSubquery(context, name),
      ])();
    case 'text':
      return choices.one([
        () => `upper(${name})`,
        () => `${name} || 'x'`,
        () => `coalesce(${name}, 'none')`,
        () => `nullif(${name}, 'a')`,
        () => `left(${name}, 1)`,
        () => `alias(${name})`,
        () => `CASE WHEN ${predicate(context, from)} THEN ${name} ELSE 'else' END`,
      ])();
    case 'bool':
      return choices.one([() => `NOT ${name}`, () => predicate(context, from), () => `coalesce(${name}, false)`])();
    case 'list':
      return choices.one([
        () => `list_sort(${name})`,
        () => `list_filter(${name}, lambda e: e > 1)`,
        () => `list_transform(${name}, lambda e, i: e + i::INTEGER)`,
        () => `${name}[2:]`,
      ])();
    case 'struct':
      return `struct_pack(a := ${name}.a, b := ${name}.b)`;
    case 'double':
      return choices.one([() => `abs(${name})`, () => `${name} + 1`, () => `coalesce(${name}, 0.0)`])();
    case 'date':
      return choices.one([
        () => `greatest(${name}, DATE '2000-01-01')`,
        () => `coalesce(${name}, DATE '2000-01-01')`,
      ])();
    case 'timestamp':
      return choices.one([() => `least(${name}, TIMESTAMP '2000-01-01')`, () => `date_trunc('hour', ${name})`])();
    case 'wide':
    case 'decimal':
    case 'extreme':
    case 'other':
      return name;
    default:
      return kind satisfies never;
  }
}

function scalarSubquery(context: Context, outer: string): string {
  const { choices, keyed } = context;
  const { name } = choices.one(keyed);
  const alias = context.alias();
  const value = choices.one([`count(*)`, `max(${alias}.id)`, `min(${alias}.k)`, `sum(${alias}.k)`]);
  const where = choices.chance(0.7) ? ` WHERE ${alias}.k ${choices.one(['=', '=', '=', '<', '<>'])} ${outer}` : '';
  return `(SELECT ${value}::INTEGER FROM ${name} AS ${alias}${where})`;
}

export function comparison({ choices }: Context, from: Source): string {
  const usable = from.columns.filter(({ kind }) => LITERALS[kind] !== undefined);
  if (usable.length === 0) return 'true';
  const { name, kind } = choices.one(usable);
  const operator = choices.one(['=', '<>', '<', '>', '<=', '>=', 'IS DISTINCT FROM', 'IS NOT DISTINCT FROM']);
  const peers = from.columns.filter((column) => column.kind === kind && column.name !== name);
  const literals = LITERALS[kind] ?? [];
  const other = peers.length > 0 && choices.chance(0.3) ? choices.one(peers).name : choices.one(literals);
  const collate = kind === 'text' && choices.chance(0.25) ? ` COLLATE ${choices.one(COLLATIONS)}` : '';
  return `${name}${collate} ${operator} ${other}`;
}

/** Generates a comparison of nested values that contain collated texts. */
function nestedComparison(context: Context, from: Source): string {
  const { choices } = context;
  const texts = from.columns.filter(({ kind }) => kind === 'text');
  if (texts.length === 0) return comparison(context, from);
  const text = (): string => (choices.chance(0.5) ? choices.one(texts).name : choices.one(LITERALS.text ?? []));
  const [wrapOpen, wrapClose] = choices.one([
    ['[', ']'],
    ['{a: ', '}'],
    ['[{a: ', '}]'],
  ] as const);
  const left = `${wrapOpen}${choices.one(texts).name} COLLATE ${choices.one(COLLATIONS)}${wrapClose}`;
  return `${left} ${choices.one(['=', '<>', '<', '>=', 'IS DISTINCT FROM'])} ${wrapOpen}${text()}${wrapClose}`;
}

export function predicate(context: Context, from: Source): string {
  const { choices, keyed } = context;
  const { name, kind } = choices.one(from.columns);
  const literals = LITERALS[kind];
  const small = (): string => choices.one(keyed).name;
  const alias = context.alias();
  const ints = from.columns.filter((column) => column.kind === 'int');
  const int = ints.length > 0 ? choices.one(ints).name : undefined;
  const deep = context.depth > 0;
  const inner = { ...context, depth: context.depth - 1 };
  return choices.one([
    () => comparison(context, from),
    () => comparison(context, from),
    () => `${name} IS ${choices.one(['', 'NOT '])}NULL`,
    () => nestedComparison(context, from),
    () =>
      literals === undefined
        ? 'true'
        : `${name} ${choices.one(['', 'NOT '])}IN (${choices.some(literals, 1, 4).join(', ')})`,
    () => (literals === undefined ? 'true' : `${name} BETWEEN ${choices.one(literals)} AND ${choices.one(literals)}`),
    () =>
      deep
        ? `(${predicate(inner, from)} ${choices.one(['AND', 'OR', 'OR'])} ${predicate(inner, from)})`
        : comparison(context, from),
    () => (deep ? `NOT (${predicate(inner, from)})` : comparison(context, from)),
    () =>
      int === undefined || !deep
        ? 'true'
        : `${int} ${choices.one(['', 'NOT '])}IN (SELECT ${alias}.${choices.one(['k', 'id'])} FROM ${small()} AS ${alias}${choices.chance(0.5) ? ` WHERE ${alias}.k IS NOT NULL` : ''})`,
    () =>
      int === undefined || !deep
        ? 'true'
        : `${int} ${choices.one(['', 'NOT '])}IN (SELECT ${alias}.k FROM ${small()} AS ${alias} WHERE ${alias}.id ${choices.one(['>', '<', '='])} ${int})`,
    () =>
      int === undefined || !deep
        ? 'true'
        : `${choices.one(['', 'NOT '])}EXISTS (SELECT 1 FROM ${small()} AS ${alias} WHERE ${alias}.k ${choices.one(['=', '=', '>'])} ${int})`,
    () =>
      int === undefined || !deep
        ? 'true'
        : `${int} ${choices.one(['=', '<', '>='])} ${choices.one(['ANY', 'ALL'])} (SELECT ${alias}.k FROM ${small()} AS ${alias})`,
    () => (int === undefined || !deep ? 'true' : `${int} > ${scalarSubquery(context, int)}`),
    () =>
      kind === 'text'
        ? `${name} ${choices.one(['LIKE', 'ILIKE'])} ${choices.one(["'a%'", "'%b'", "'_'", "'A%'"])}`
        : comparison(context, from),
  ])();
}
