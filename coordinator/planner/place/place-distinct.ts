import { columnsOfTypes } from '../../../engine/plan/columns.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { isVolatileOperator } from '../../../engine/plan/transform.ts';
import { gather, partition } from './exchange.ts';
import { isUnpartitioned, type PlaceContext, type PlacedRelation } from './placed-relation.ts';

type Distinct = Extract<Relation, { kind: 'distinct' }>;

/**
 * Places DISTINCT and DISTINCT ON. Each task first drops its own duplicates. The remaining rows are then partitioned on the distinct
 * values. This is also exact for DISTINCT ON, because the first row for a value is among the first rows found by the tasks.
 *
 *     distinct on a        distinct on a
 *       scan t        ->     partition by a
 *                              distinct on a
 *                                scan t
 */
export function placeDistinct(distinct: Distinct, input: PlacedRelation, { partitions }: PlaceContext): PlacedRelation {
  if (isUnpartitioned(input) || isVolatileOperator(distinct)) return over(distinct, gather(input));
  const values = distinct.on ?? columnsOfTypes(distinct.types);
  const { distribution } = input;
  const isPartitioned =
    distribution.kind === 'hashed' &&
    distribution.keys.every((key) => values.some((value) => value.kind === 'column' && key.includes(value.index)));
  const first = over(distinct, input);
  if (isPartitioned) return first;
  return over(distinct, values.length === 0 ? gather(first) : partition(first, values, partitions));
}

function over(distinct: Distinct, { relation, distribution }: PlacedRelation): PlacedRelation {
  return { relation: { ...distinct, input: relation }, distribution };
}
