import { FabricError } from '../../errors.ts';
import { collectColumns } from '../../plan/columns.ts';
import type { JoinCondition, JoinType, Relation } from '../../plan/relation.ts';
import { BOOLEAN, type DataType } from '../../plan/types.ts';
import { castSql } from './constants.ts';
import { allOf, type ColumnSql, expressionSql, isNestedRange, named, unfoldable } from './expressions.ts';

export type Join = Extract<Relation, { kind: 'join' }>;
export type AsofJoin = Extract<Relation, { kind: 'asof-join' }>;

const LEFT: ColumnSql = (index) => `l.c${index}`;
const RIGHT: ColumnSql = (index) => `r.c${index}`;

const KEYWORDS = {
  inner: 'JOIN',
  left: 'LEFT JOIN',
  right: 'RIGHT JOIN',
  full: 'FULL JOIN',
  semi: 'SEMI JOIN',
  anti: 'ANTI JOIN',
} as const satisfies Partial<Record<JoinType, string>>;

/** Renders a relation as `(SELECT ..)`. */
export type Nested = (relation: Relation) => string;

/** Renders a join. The left side is the probe side of the plan, but DuckDB optimizes the rendered fragment again and may swap the sides. */
export function joinSql(join: Join, nested: Nested): string {
  switch (join.joinType) {
    case 'inner':
    case 'left':
    case 'right':
    case 'full':
    case 'semi':
    case 'anti': {
      const isProduct = join.joinType === 'inner' && join.conditions.length === 0 && join.residual === undefined;
      const sides = `${nested(join.left)} AS l ${isProduct ? 'CROSS JOIN' : KEYWORDS[join.joinType]} ${nested(join.right)} AS r`;
      return `SELECT ${outputSql(join)} FROM ${sides}${isProduct ? '' : ` ON ${matchSql(join)}`}`;
    }
    case 'right-semi':
    case 'right-anti': {
      const keyword = join.joinType === 'right-semi' ? KEYWORDS.semi : KEYWORDS.anti;
      const sides = `${nested(join.right)} AS r ${keyword} ${nested(join.left)} AS l`;
      return `SELECT ${outputSql(join)} FROM ${sides} ON ${matchSql(join)}`;
    }
    case 'mark':
      return markSql(join, nested);
    case 'single':
      return singleSql(join, nested);
    default:
      return join.joinType satisfies never;
  }
}

/** Renders an ASOF join. */
export function asofJoinSql(join: AsofJoin, nested: Nested): string {
  const sides = `${nested(join.left)} AS l ASOF ${KEYWORDS[join.joinType]} ${nested(join.right)} AS r`;
  return `SELECT ${outputSql(join)} FROM ${sides} ON ${matchSql(join)}`;
}

/** Renders a positional join, which combines the rows of two relations by position. */
export function positionalJoinSql(join: Extract<Relation, { kind: 'positional-join' }>, nested: Nested): string {
  const columns = [
    ...join.left.types.map((_, index) => LEFT(index)),
    ...join.right.types.map((_, index) => RIGHT(index)),
  ];
  return `SELECT ${named(columns)} FROM ${nested(join.left)} AS l POSITIONAL JOIN ${nested(join.right)} AS r`;
}

function outputSql(join: Pick<Join, 'outputLeft' | 'outputRight'>): string {
  return named([...join.outputLeft.map(LEFT), ...join.outputRight.map(RIGHT)]);
}

function conditionSql(condition: JoinCondition): string {
  const [left, right] = [expressionSql(condition.left, LEFT), expressionSql(condition.right, RIGHT)];
  const predicate = `${left} ${condition.operator.toUpperCase()} ${right}`;
  // A condition on one side becomes a filter. Any other must stay a comparison, because DuckDB joins only by comparisons.
  const isFilter = [condition.left, condition.right].some((side) => collectColumns([side]).size === 0);
  return isFilter && isNestedRange(condition.operator, condition.left.type) ? unfoldable(predicate) : predicate;
}

/** Returns the condition under which a left row and a right row match. */
function matchSql(join: Pick<Join, 'left' | 'conditions' | 'residual'>): string {
  const conditions = join.conditions.map(conditionSql);
  if (join.residual === undefined) return allOf(conditions);
  const width = join.left.types.length;
  const either: ColumnSql = (index) => (index < width ? LEFT(index) : RIGHT(index - width));
  return allOf([...conditions, expressionSql(join.residual, either)]);
}

const isExact = (condition: JoinCondition): boolean => condition.operator === 'is not distinct from';

/**
 * Renders a mark join, which returns the left columns and whether the row has a match. Conditions that treat NULL as a value select the
 * right rows that belong to the left row. The other conditions have the semantics of IN, where a NULL on either side may make the result
 * unknown.
 */
function markSql(join: Join, nested: Nested): string {
  const compared = join.conditions.filter((condition) => !isExact(condition));
  const [first, ...others] = compared;
  if (join.residual === undefined && first === undefined) return existenceMarkSql(join, nested);
  const right = `${nested(join.right)} AS r`;
  const output = (mark: string): string =>
    `SELECT ${named([...join.outputLeft.map(LEFT), mark])} FROM ${nested(join.left)} AS l`;
  if (join.residual !== undefined || first === undefined) {
    return output(`EXISTS (SELECT 1 FROM ${right} WHERE ${matchSql(join)})`);
  }
  if (others.length === 0) {
    const exact = join.conditions.filter(isExact).map(conditionSql);
    const where = exact.length === 0 ? '' : ` WHERE ${allOf(exact)}`;
    const needle = expressionSql(first.left, LEFT);
    const haystack = `(SELECT ${expressionSql(first.right, RIGHT)} FROM ${right}${where})`;
    return output(`${needle} ${first.operator.toUpperCase()} ANY ${haystack}`);
  }
  if (compared.length < join.conditions.length || compared.some(({ operator }) => operator !== '=')) {
    throw new FabricError('PLAN_UNSUPPORTED', 'Volley does not support a correlated IN over several columns yet.');
  }
  return rowMarkSql(join, nested);
}

/**
 * Renders the mark of `(a, b) IN (SELECT ..)` with DuckDB's semantics. Without right rows, the mark is false. If the left row contains a
 * NULL, it is unknown. For a match, it is true. Otherwise, it is unknown if any right row contains a NULL, and false if not.
 */
function rowMarkSql(join: Join, nested: Nested): string {
  const keys = join.conditions.map((condition, index) => `${expressionSql(condition.right, RIGHT)} AS k${index}`);
  const needles = join.conditions.map((condition) => expressionSql(condition.left, LEFT));
  const anyNull = join.conditions.map((_, index) => `k${index} IS NULL`).join(' OR ');
  const matches = needles.map((needle, index) => `${needle} = m.k${index}`);
  const mark = [
    'CASE WHEN n.total = 0 THEN false',
    `WHEN ${needles.map((needle) => `${needle} IS NULL`).join(' OR ')} THEN NULL`,
    'WHEN m.found THEN true WHEN n.incomplete > 0 THEN NULL ELSE false END',
  ].join(' ');
  return [
    `WITH k AS MATERIALIZED (SELECT ${keys.join(', ')} FROM ${nested(join.right)} AS r)`,
    `SELECT ${named([...join.outputLeft.map(LEFT), mark])} FROM ${nested(join.left)} AS l`,
    `LEFT JOIN (SELECT DISTINCT *, true AS found FROM k) AS m ON ${allOf(matches)}`,
    `CROSS JOIN (SELECT count(*) AS total, count(*) FILTER (WHERE ${anyNull}) AS incomplete FROM k) AS n`,
  ].join(' ');
}

/** Renders a mark that is never unknown. It is an outer join with the distinct keys of the right side. */
function existenceMarkSql(join: Join, nested: Nested): string {
  const keys = join.conditions.map((condition, index) => `${expressionSql(condition.right, RIGHT)} AS k${index}`);
  const matches = join.conditions.map(
    (condition, index) => `${expressionSql(condition.left, LEFT)} IS NOT DISTINCT FROM m.k${index}`,
  );
  const distinct = `(SELECT DISTINCT ${[...keys, 'true AS found'].join(', ')} FROM ${nested(join.right)} AS r)`;
  const output = named([...join.outputLeft.map(LEFT), 'COALESCE(m.found, false)']);
  return `SELECT ${output} FROM ${nested(join.left)} AS l LEFT JOIN ${distinct} AS m ON ${allOf(matches)}`;
}

/** DuckDB's message for a scalar subquery that returns more than one row. */
const MANY_ROWS =
  "'More than one row returned by a subquery used as an expression - scalar subqueries can only return a single row.'";

const raise = (type: DataType): string => castSql(`error(${MANY_ROWS})`, type);

/**
 * Renders the output of a single join, given a count of matches for each row. The error is raised in a filter and again in every right
 * column. Other predicates may be evaluated before the filter, but they cannot read a right column without raising the error.
 */
function checkedSql(join: Join, count: string, column: (index: number) => string, from: string): string {
  const fromLeft = join.outputLeft.length;
  const columns = join.types.map((type, index) =>
    index < fromLeft ? column(index) : `CASE WHEN ${count} > 1 THEN ${raise(type)} ELSE ${column(index)} END`,
  );
  return `SELECT ${named(columns)} FROM ${from} WHERE CASE WHEN ${count} > 1 THEN ${raise(BOOLEAN)} ELSE true END`;
}

/**
 * Renders a single join, which is a left join that raises an error if a left row has more than one match. Nothing is counted if the right
 * rows are unique by the compared keys. With equalities only, the SQL counts the right rows of each key. Otherwise, it counts the matches
 * of each left row.
 */
function singleSql(join: Join, nested: Nested): string {
  const isKeyed =
    join.residual === undefined &&
    join.conditions.length > 0 &&
    join.conditions.every((condition) => isExact(condition) || condition.operator === '=');
  const [left, right] = [nested(join.left), nested(join.right)];
  if (isKeyed && isUniqueBy(join.right, join.conditions)) {
    return `SELECT ${outputSql(join)} FROM ${left} AS l LEFT JOIN ${right} AS r ON ${matchSql(join)}`;
  }
  if (isKeyed) {
    const keys = join.conditions.map((condition) => expressionSql(condition.right, RIGHT));
    const counted = `(SELECT r.*, count(*) OVER (PARTITION BY ${keys.join(', ')}) AS partners FROM ${right} AS r)`;
    const columns = [...join.outputLeft.map(LEFT), ...join.outputRight.map(RIGHT)];
    const from = `${left} AS l LEFT JOIN ${counted} AS r ON ${matchSql(join)}`;
    return checkedSql(join, 'r.partners', (index) => columns[index] ?? 'NULL', from);
  }
  const numbered = `(SELECT l.*, row_number() OVER () AS number FROM ${left} AS l)`;
  const partners = 'count(*) OVER (PARTITION BY l.number) AS partners';
  const joined = `SELECT ${outputSql(join)}, ${partners} FROM ${numbered} AS l LEFT JOIN ${right} AS r ON ${matchSql(join)}`;
  return checkedSql(join, 't.partners', (index) => `t.c${index}`, `(${joined}) AS t`);
}

/** Returns whether the relation's operators guarantee that no two rows have equal values in the right sides of all conditions. */
function isUniqueBy(relation: Relation, conditions: readonly JoinCondition[]): boolean {
  const columns = conditions.flatMap(({ right }) => (right.kind === 'column' ? [right.index] : []));
  return columnsAreUnique(relation, new Set(columns));
}

function columnsAreUnique(relation: Relation, columns: ReadonlySet<number>): boolean {
  switch (relation.kind) {
    case 'aggregate':
      return relation.groupingSets.length === 1 && relation.groups.every((_, index) => columns.has(index));
    case 'filter':
    case 'sort':
      return columnsAreUnique(relation.input, columns);
    case 'project': {
      const below = [...columns].flatMap((index) => {
        const expression = relation.expressions[index];
        return expression?.kind === 'column' ? [expression.index] : [];
      });
      return columnsAreUnique(relation.input, new Set(below));
    }
    case 'distinct':
      return relation.on === undefined && relation.types.every((_, index) => columns.has(index));
    default:
      return false;
  }
}
