import { canonicalText, isVolatile } from '../../../engine/plan/columns.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { isVolatileOperator } from '../../../engine/plan/transform.ts';
import { gather, partition } from './exchange.ts';
import { isUnpartitioned, type PlaceContext, type PlacedRelation } from './placed-relation.ts';

type Window = Extract<Relation, { kind: 'window' }>;

/**
 * Places window calls. The rows are partitioned on the keys that all PARTITION BY clauses share, or gathered if they share no keys.
 *
 *     window rank() over (partition by a, b),        window ..
 *            sum(c) over (partition by a)       ->     partition by a
 *       scan t                                           scan t
 */
export function placeWindow(window: Window, input: PlacedRelation, { partitions }: PlaceContext): PlacedRelation {
  const shared = sharedPartitionBy(window);
  if (isUnpartitioned(input) || isVolatileOperator(window) || shared.length === 0) return over(window, gather(input));
  return over(window, isPartitionedOn(input, shared) ? input : partition(input, shared, partitions));
}

function over(window: Window, { relation, distribution }: PlacedRelation): PlacedRelation {
  return { relation: { ...window, input: relation }, distribution };
}

function sharedPartitionBy(window: Window): readonly Expression[] {
  const [first, ...others] = window.calls.map((call) => call.partitionBy);
  const texts = others.map((partitionBy) => new Set(partitionBy.map(canonicalText)));
  return (first ?? []).filter((key) => !isVolatile(key) && texts.every((known) => known.has(canonicalText(key))));
}

function isPartitionedOn({ distribution }: PlacedRelation, keys: readonly Expression[]): boolean {
  if (distribution.kind !== 'hashed') return false;
  return distribution.keys.every((held) => keys.some((key) => key.kind === 'column' && held.includes(key.index)));
}
