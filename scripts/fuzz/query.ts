/** A query in parts that can be left out. */
export interface Query {
  readonly ctes: readonly string[];
  readonly body: Body;
  /** `ALL`, or keys that decide the order of every row. Empty: in any order. */
  readonly orderBy: readonly string[];
  /** Decides rows only together with `orderBy`. */
  readonly limit: string;
  /** Whether text that differs only in case or accents may stand for one another: the query keeps one row of several equal ones. */
  readonly folds: boolean;
  /** Whether the order of rows is decided. */
  readonly isOrdered: boolean;
}

export type Body =
  | Select
  | { readonly kind: 'set'; readonly operator: string; readonly left: Select; readonly right: Select };

export interface Select {
  readonly kind: 'select';
  readonly distinct: string;
  readonly items: readonly string[];
  /** A relation, then joins. */
  readonly from: readonly string[];
  readonly where: readonly string[];
  readonly groupBy: string;
  readonly having: string;
  readonly qualify: string;
}

export function querySql({ ctes, body, orderBy, limit }: Query): string {
  const parts = [
    ctes.length > 0 ? `WITH ${ctes.join(', ')}` : '',
    bodySql(body),
    orderBy.length > 0 ? `ORDER BY ${orderBy.join(', ')}` : '',
    limit,
  ];
  return joined(parts);
}

export function bodySql(body: Body): string {
  if (body.kind === 'set') return `${selectSql(body.left)} ${body.operator} ${selectSql(body.right)}`;
  return selectSql(body);
}

function selectSql(select: Select): string {
  const { distinct, items, from, where, groupBy, having, qualify } = select;
  return joined([
    joined(['SELECT', distinct, items.map((item, index) => `${item} AS c${index}`).join(', ')]),
    from.length > 0 ? `FROM ${from.join(' ')}` : '',
    where.length > 0 ? `WHERE ${where.join(' AND ')}` : '',
    groupBy === '' ? '' : `GROUP BY ${groupBy}`,
    having === '' ? '' : `HAVING ${having}`,
    qualify === '' ? '' : `QUALIFY ${qualify}`,
  ]);
}

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

/** Queries that lack one part of this one. Many of them are not valid. */
export function smaller(query: Query): readonly Query[] {
  const { body, ctes, limit, orderBy } = query;
  const without = [
    ...(limit === '' ? [] : [{ ...query, limit: '' }]),
    ...(orderBy.length === 0 || limit !== '' ? [] : [{ ...query, orderBy: [], isOrdered: false }]),
    ...ctes.map((_, index) => ({ ...query, ctes: lacking(ctes, index) })),
  ];
  if (body.kind === 'select')
    return [...without, ...smallerSelects(body).map((select) => ({ ...query, body: select }))];
  const sides = [body.left, body.right].map((side) => ({ ...query, body: side }));
  const lefts = smallerSelects(body.left).map((left) => ({ ...query, body: { ...body, left } }));
  const rights = smallerSelects(body.right).map((right) => ({ ...query, body: { ...body, right } }));
  const items = body.left.items.map((_, index) => ({
    ...query,
    body: { ...body, left: lackingItem(body.left, index), right: lackingItem(body.right, index) },
  }));
  return [...without, ...sides, ...items, ...lefts, ...rights];
}

function smallerSelects(select: Select): readonly Select[] {
  const { distinct, items, from, where, groupBy, having, qualify } = select;
  return [
    ...from.flatMap((_, index) => (index === 0 ? [] : [{ ...select, from: lacking(from, index) }])),
    ...where.map((_, index) => ({ ...select, where: lacking(where, index) })),
    ...(having === '' ? [] : [{ ...select, having: '' }]),
    ...(qualify === '' ? [] : [{ ...select, qualify: '' }]),
    ...(groupBy === '' ? [] : [{ ...select, groupBy: '' }]),
    ...(distinct === '' ? [] : [{ ...select, distinct: '' }]),
    ...(items.length < 2 ? [] : items.map((_, index) => lackingItem(select, index))),
  ];
}

function lackingItem(select: Select, index: number): Select {
  return { ...select, items: lacking(select.items, index) };
}

function lacking<T>(items: readonly T[], index: number): readonly T[] {
  return items.filter((_, at) => at !== index);
}
