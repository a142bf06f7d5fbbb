/** A query in parts that can be removed. */
export interface Query {
  readonly ctes: readonly Cte[];
  readonly body: Body;
  /** `ALL`, or keys that determine the order of all rows. Empty if the order is undefined. */
  readonly orderBy: readonly string[];
  /** The LIMIT clause. It determines the rows only together with `orderBy`. */
  readonly limit: string;
  /**
   * Whether texts that differ only in case or accents are interchangeable, because the query keeps any one of several
   * equal rows.
   */
  readonly folds: boolean;
  /** Whether the query determines the order of its rows. */
  readonly isOrdered: boolean;
}

export interface Cte {
  readonly text: string;
  readonly isRecursive: boolean;
}

export type Body =
  | Select
  | { readonly kind: 'set'; readonly operator: string; readonly left: Select; readonly right: Select };

export interface Select {
  readonly kind: 'select';
  readonly distinct: string;
  readonly items: readonly string[];
  /** A relation, followed by joins. */
  readonly from: readonly string[];
  readonly where: readonly string[];
  readonly groupBy: string;
  readonly having: string;
  readonly qualify: string;
}

export function querySql({ ctes, body, orderBy, limit }: Query): string {
  const parts = [ctesSql(ctes), bodySql(body), orderBy.length > 0 ? `ORDER BY ${orderBy.join(', ')}` : '', limit];
  return joined(parts);
}

function ctesSql(ctes: readonly Cte[]): string {
  if (ctes.length === 0) return '';
  const keyword = ctes.some(({ isRecursive }) => isRecursive) ? 'WITH RECURSIVE' : 'WITH';
  return `${keyword} ${ctes.map(({ text }) => text).join(', ')}`;
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

/** Returns copies of a query with one part removed. Many of them are not valid. */
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
