import type { Choices } from './choices.ts';
import { type Body, bodySql, type Query, type Select } from './query.ts';
import type { Column, Kind, Table } from './tables.ts';

/**
 * The contents of FROM: its text, its columns as written in SQL, and a set of columns that is unique together. `key` is
 * empty if no such set is known.
 */
interface Source {
  readonly from: readonly string[];
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly isLarge: boolean;
}

interface Context {
  readonly choices: Choices;
  readonly tables: readonly Table[];
  /** The columns of each CTE, by name. */
  readonly ctes: Map<string, readonly Column[]>;
  alias(): string;
  /** The number of further nesting levels allowed for subqueries. */
  readonly depth: number;
}

interface Built {
  readonly select: Select;
  readonly kinds: readonly Kind[];
  readonly source: Source;
  readonly isGrouped: boolean;
  readonly folds: boolean;
}

const LITERALS: Readonly<Partial<Record<Kind, readonly string[]>>> = {
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
const COLLATIONS = ['NOCASE', 'NOACCENT', 'NOCASE.NOACCENT'];
/** Kinds whose values have a unique order and a unique text form. */
const PLAIN: readonly Kind[] = ['int', 'wide', 'decimal', 'text', 'bool', 'date', 'timestamp', 'other'];

/**
 * Generates a random query over the tables. The data determines its result, up to the freedom that `Query` describes.
 */
export function generateQuery(choices: Choices, tables: readonly Table[]): Query {
  let aliases = 0;
  const context: Context = { choices, tables, ctes: new Map(), alias: () => `t${aliases++}`, depth: 2 };
  const ctes: string[] = [];
  while (choices.chance(0.2)) {
    const { text, columns } = subquery({ ...context, depth: 1 });
    const name = `w${ctes.length}`;
    ctes.push(`${name} AS ${choices.one(['', 'MATERIALIZED ', 'NOT MATERIALIZED '])}(${text})`);
    context.ctes.set(name, columns);
  }
  return { ctes, ...ordered(context) };
}

function ordered(context: Context): Omit<Query, 'ctes'> {
  const { choices } = context;
  if (choices.chance(0.2)) {
    const { body, folds } = setOperation(context);
    return { body, folds, ...totalOrder(context) };
  }
  const built = choices.chance(0.4) ? grouped(context) : plain(context);
  const { select, source, isGrouped, folds } = built;
  const roll = choices.below(10);
  if (roll < 2) return { body: { ...select, distinct: 'DISTINCT' }, folds, ...totalOrder(context) };
  if (isGrouped || source.key.length === 0) return { body: select, folds, ...totalOrder(context) };
  if (roll === 2) {
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

function totalOrder(context: Context): Pick<Query, 'orderBy' | 'limit' | 'isOrdered'> {
  const { choices } = context;
  if (choices.chance(0.5)) return { orderBy: [], limit: '', isOrdered: false };
  const direction = choices.one(['', ' DESC', ' NULLS FIRST', ' DESC NULLS LAST']);
  return { orderBy: [`ALL${direction}`], limit: limitOf(context, 0.5), isOrdered: true };
}

const sortKey =
  ({ choices }: Context) =>
  (key: string): string =>
    `${key}${choices.one(['', ' DESC', ' NULLS FIRST', ' DESC NULLS LAST'])}`;

function limitOf(context: Context, probability: number): string {
  const { choices } = context;
  if (!choices.chance(probability)) return '';
  const table = (): string => choices.one(context.tables.filter(({ isLarge }) => !isLarge)).name;
  const limit = choices.one([
    () => `LIMIT ${choices.below(30)}`,
    () => `LIMIT ${choices.below(30)}`,
    () => `LIMIT ${choices.one([0, 10, 33.3, 50, 100])}%`,
    () => 'LIMIT NULL',
    () => `LIMIT (SELECT ${choices.one(['max(id)', 'count(*)', 'min(id)', 'max(id) / 2'])} FROM ${table()})`,
    () => `LIMIT (SELECT max(id) FROM ${table()} WHERE id < 0)`,
    () => `LIMIT (SELECT ${choices.one(['max(id)', '25.5', 'NULL::DOUBLE'])} FROM ${table()} WHERE id < 3) %`,
  ])();
  const offset = choices.one([
    () => '',
    () => '',
    () => ` OFFSET ${choices.below(10)}`,
    () => ' OFFSET NULL',
    () => ` OFFSET (SELECT min(id) + 1 FROM ${table()} WHERE id ${choices.one(['>', '<'])} 0)`,
  ])();
  return `${limit}${offset}`;
}

/** Generates the text of a subquery, with the names and kinds of its columns. */
function subquery(context: Context): { readonly text: string; readonly columns: readonly Column[] } {
  const inner = { ...context, depth: context.depth - 1 };
  const { choices } = context;
  const made = choices.chance(0.15)
    ? setOperation(inner)
    : ((built) => ({ body: built.select, kinds: built.kinds, folds: built.folds }))(
        choices.chance(0.5) ? grouped(inner) : plain(inner),
      );
  const columns = made.kinds.map((kind, index): Column => ({ name: `c${index}`, kind }));
  if (made.folds || !choices.chance(0.2)) return { text: bodySql(made.body), columns };
  return { text: `${bodySql(made.body)} ORDER BY ALL ${limitOf(inner, 1)}`, columns };
}

function setOperation(context: Context): {
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

function plain(context: Context): Built {
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

function grouped(context: Context): Built {
  const { choices } = context;
  const from = source(context);
  const groupable = from.columns.filter(({ kind }) => PLAIN.includes(kind) || kind === 'double');
  const groups = choices.some(groupable, 0, 3).map(({ name, kind }) => {
    const collated = kind === 'text' && choices.chance(0.2);
    return {
      text: collated ? `lower(${name} COLLATE NOCASE)` : kind === 'int' && choices.chance(0.3) ? `${name} % 3` : name,
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

function conditions(context: Context, from: Source): readonly string[] {
  const { choices } = context;
  return Array.from({ length: choices.one([0, 0, 0, 0, 1, 1, 2]) }, () => predicate(context, from));
}

/** Generates a join of one to three relations. */
function source(context: Context): Source {
  const { choices } = context;
  let all = relation(context, !choices.chance(0.12));
  for (let joins = choices.one([0, 0, 0, 1, 1, 2]); joins > 0; joins -= 1) all = joined(context, all);
  return all;
}

function relation(context: Context, small: boolean): Source {
  const { choices, tables, ctes, depth } = context;
  const alias = context.alias();
  if (depth > 0 && choices.chance(0.15)) {
    const { text, columns } = subquery(context);
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

function some({ choices }: Context, from: Source, least: number, most: number): readonly string[] {
  const sortable = from.columns.filter(({ kind }) => kind !== 'struct');
  return choices
    .some(sortable, least, most)
    .map(({ name, kind }) => (kind === 'text' && choices.chance(0.2) ? `${name} COLLATE NOCASE` : name));
}

/** Generates an expression of a given kind over the source. */
function valueIn(context: Context, from: Source, kind: Kind): string {
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
  const { choices, tables } = context;
  const { name } = choices.one(tables.filter(({ isLarge }) => !isLarge));
  const alias = context.alias();
  const value = choices.one([`count(*)`, `max(${alias}.id)`, `min(${alias}.k)`, `sum(${alias}.k)`]);
  const where = choices.chance(0.7) ? ` WHERE ${alias}.k ${choices.one(['=', '=', '=', '<', '<>'])} ${outer}` : '';
  return `(SELECT ${value}::INTEGER FROM ${name} AS ${alias}${where})`;
}

function comparison({ choices }: Context, from: Source): string {
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

function predicate(context: Context, from: Source): string {
  const { choices, tables } = context;
  const { name, kind } = choices.one(from.columns);
  const literals = LITERALS[kind];
  const small = (): string => choices.one(tables.filter(({ isLarge }) => !isLarge)).name;
  const alias = context.alias();
  const ints = from.columns.filter((column) => column.kind === 'int');
  const int = ints.length > 0 ? choices.one(ints).name : undefined;
  const deep = context.depth > 0;
  const inner = { ...context, depth: context.depth - 1 };
  return choices.one([
    () => comparison(context, from),
    () => comparison(context, from),
    () => `${name} IS ${choices.one(['', 'NOT '])}NULL`,
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

interface Call {
  readonly text: string;
  readonly kind: Kind;
}

/** Generates an aggregate call that sorts its rows or does not depend on their order. */
function aggregate(context: Context, from: Source): Call {
  const { choices } = context;
  const { text, kind } = choices.one(aggregateCalls(context, from))();
  if (choices.chance(0.2)) return { text: `${text} FILTER (WHERE ${comparison(context, from)})`, kind };
  return { text, kind };
}

function aggregateCalls(context: Context, from: Source): readonly (() => Call)[] {
  const { choices } = context;
  const calls: (() => Call)[] = [() => ({ text: 'count(*)', kind: 'int' })];
  const of = (...kinds: readonly Kind[]): string | undefined => {
    const columns = from.columns.filter(({ kind }) => kinds.includes(kind));
    return columns.length > 0 ? choices.one(columns).name : undefined;
  };
  const add = (name: string | undefined, call: (name: string) => Call): void => {
    if (name !== undefined) calls.push(() => call(name));
  };
  const distinct = choices.chance(0.3) ? 'DISTINCT ' : '';
  const { name, kind } = choices.one(from.columns);
  add(name, (column) => ({ text: `count(${distinct}${column})`, kind: 'int' }));
  if (PLAIN.includes(kind) && kind !== 'bool')
    add(name, (column) => ({ text: `${choices.one(['min', 'max'])}(${column})`, kind }));
  add(of('double', 'extreme'), (column) => ({ text: `${choices.one(['min', 'max'])}(${column})`, kind: 'extreme' }));
  add(of('int'), (column) => ({ text: `sum(${distinct}${column})`, kind: 'wide' }));
  add(of('int'), (column) => ({
    text: `${choices.one(['avg', 'stddev', 'var_pop', 'median'])}(${column})`,
    kind: 'extreme',
  }));
  add(of('decimal'), (column) => ({ text: `${choices.one(['sum', 'avg'])}(${distinct}${column})`, kind: 'extreme' }));
  add(of('wide'), (column) => ({ text: `sum(${column})`, kind: 'extreme' }));
  add(of('double'), (column) => ({ text: `${choices.one(['sum', 'avg'])}(${distinct}${column})`, kind: 'extreme' }));
  add(of('bool'), (column) => ({ text: `${choices.one(['bool_and', 'bool_or'])}(${column})`, kind: 'bool' }));
  add(of('int'), (column) => ({ text: `${choices.one(['bit_and', 'bit_or', 'bit_xor'])}(${column})`, kind: 'wide' }));
  add(of('text'), (column) => ({ text: `string_agg(${distinct}${column}, '|' ORDER BY ${column})`, kind: 'text' }));
  add(of('text', 'int', 'date'), (column) => ({
    text: `list(${distinct}${column} ORDER BY ${column} NULLS LAST)`,
    kind: 'other',
  }));
  add(of('int', 'wide', 'date'), (column) => ({
    text: `quantile_disc(${column}, ${choices.one(['0.5', '0.1', '0.9'])})`,
    kind: 'other',
  }));
  if (from.key.length > 0) {
    add(of('text', 'int', 'decimal', 'list'), (column) => ({
      text: `${choices.one(['first', 'last'])}(${column} ORDER BY ${from.key.join(', ')})`,
      kind: 'other',
    }));
  }
  if (from.key.length === 1) {
    add(of('text', 'int'), (column) => ({
      text: `${choices.one(['arg_min', 'arg_max'])}(${column}, ${from.key[0]})`,
      kind: 'other',
    }));
  }
  return calls;
}

function overOf(context: Context, from: Source): string {
  const { choices } = context;
  const partitions = some(context, from, 0, 2);
  const keys = [...some(context, from, 0, 1).map(sortKey(context)), ...from.key];
  return `${partitions.length > 0 ? `PARTITION BY ${partitions.join(', ')} ` : ''}ORDER BY ${keys.join(', ')}${choices.chance(0.3) ? frame(context) : ''}`;
}

function frame({ choices }: Context): string {
  const unit = choices.one(['ROWS', 'GROUPS']);
  const start = choices.one(['UNBOUNDED PRECEDING', '2 PRECEDING', 'CURRENT ROW', '1 PRECEDING']);
  const end = choices.one(['UNBOUNDED FOLLOWING', '2 FOLLOWING', 'CURRENT ROW']);
  const exclude = choices.one(['', '', ' EXCLUDE CURRENT ROW', ' EXCLUDE TIES', ' EXCLUDE GROUP']);
  return ` ${unit} BETWEEN ${start} AND ${end}${exclude}`;
}

function windowCall(context: Context, from: Source): Call {
  const { choices } = context;
  const { name, kind } = choices.one(from.columns);
  const over = overOf(context, from);
  const ints = from.columns.filter((column) => column.kind === 'int');
  const int = ints.length > 0 ? choices.one(ints).name : '1';
  const plainOver = over.replace(/ (ROWS|GROUPS) BETWEEN.*$/, '');
  return choices.one<() => Call>([
    () => ({ text: `row_number() OVER (${plainOver})`, kind: 'int' }),
    () => ({
      text: `${choices.one(['rank', 'dense_rank', 'ntile(3)', 'cume_dist'].map((call) => (call.endsWith(')') ? call : `${call}()`)))} OVER (${plainOver})`,
      kind: 'extreme',
    }),
    () => ({ text: `${choices.one(['lag', 'lead'])}(${name}${choices.one(['', ', 2'])}) OVER (${plainOver})`, kind }),
    () => ({ text: `${choices.one(['first_value', 'last_value'])}(${name}) OVER (${over})`, kind }),
    () => ({ text: `nth_value(${name}, 2) OVER (${over})`, kind }),
    () => ({ text: `sum(${int}) OVER (${over})`, kind: 'wide' }),
    () => ({ text: `count(${choices.one(['*', name])}) OVER (${over})`, kind: 'int' }),
    () => ({ text: `max(${int}) FILTER (WHERE ${comparison(context, from)}) OVER (${over})`, kind: 'int' }),
    () => ({ text: `rank() OVER (ORDER BY ${name})`, kind: 'int' }),
    () => ({ text: `sum(${int}) OVER (PARTITION BY ${name})`, kind: 'wide' }),
  ])();
}
