import { canonicalText, isVolatile } from '../../engine/plan/columns.ts';
import type { Expression } from '../../engine/plan/expression.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import { isVolatileOperator } from '../../engine/plan/transform.ts';
import { gather, partition } from './exchange.ts';
import { type Fragment, isWhole, type Placement } from './fragment.ts';

type Window = Extract<Relation, { kind: 'window' }>;

/** Places window calls: partitioned on what all their PARTITION BY clauses share, or gathered where they share nothing. */
export function placeWindow(window: Window, input: Fragment, placement: Placement): Fragment {
  const shared = sharedPartitionBy(window);
  if (isWhole(input) || isVolatileOperator(window) || shared.length === 0) {
    const gathered = gather(input, placement);
    return { relation: { ...window, input: gathered.relation }, distribution: { kind: 'single' } };
  }
  const there = isPartitionedOn(input, shared) ? input : partition(input, shared, placement);
  return { relation: { ...window, input: there.relation }, distribution: there.distribution };
}

function sharedPartitionBy(window: Window): readonly Expression[] {
  const [first, ...others] = window.calls.map((call) => call.partitionBy);
  const texts = others.map((partitionBy) => new Set(partitionBy.map(canonicalText)));
  return (first ?? []).filter((key) => !isVolatile(key) && texts.every((known) => known.has(canonicalText(key))));
}

function isPartitionedOn({ distribution }: Fragment, keys: readonly Expression[]): boolean {
  if (distribution.kind !== 'hashed') return false;
  return distribution.keys.every((held) => keys.some((key) => key.kind === 'column' && held.includes(key.index)));
}
