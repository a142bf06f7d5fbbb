import { columnsOfTypes } from '../../engine/plan/columns.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import { isVolatileOperator } from '../../engine/plan/transform.ts';
import { gather, partition } from './exchange.ts';
import { type Fragment, isWhole, type Placement } from './fragment.ts';

type Distinct = Extract<Relation, { kind: 'distinct' }>;

/**
 * Places DISTINCT and DISTINCT ON: each task drops its own duplicates, the rest meet partitioned on the values that must be distinct.
 * The first row of a value is the first of the first rows of all tasks, so DISTINCT ON is done twice as well.
 */
export function placeDistinct(distinct: Distinct, input: Fragment, placement: Placement): Fragment {
  if (isWhole(input) || isVolatileOperator(distinct)) {
    return { relation: withInput(distinct, gather(input, placement)), distribution: { kind: 'single' } };
  }
  const values = distinct.on ?? columnsOfTypes(distinct.types);
  const { distribution } = input;
  const meetAlready =
    distribution.kind === 'hashed' &&
    distribution.keys.every((key) => values.some((value) => value.kind === 'column' && key.includes(value.index)));
  if (meetAlready) return { relation: withInput(distinct, input), distribution };
  const first: Fragment = { relation: withInput(distinct, input), distribution };
  if (values.length === 0)
    return { relation: withInput(distinct, gather(first, placement)), distribution: { kind: 'single' } };
  const partitioned = partition(first, values, placement);
  return { relation: withInput(distinct, partitioned), distribution: partitioned.distribution };
}

function withInput(distinct: Distinct, input: Fragment): Relation {
  return { ...distinct, input: input.relation };
}
