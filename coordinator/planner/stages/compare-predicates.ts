import { isEqual } from '../../../engine/plan/columns.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import { BOOLEAN } from '../../../engine/plan/types.ts';

/** Rows selected by predicates that must all be true. Selections can be compared if their predicates are over the same columns. */
export interface Selection {
  readonly predicates: readonly Expression[];
}

/** Returns the predicates of a selection that `base` does not have, or `undefined` if the selection lacks a predicate of `base`. */
export function extraPredicates(selection: Selection, base: Selection): readonly Expression[] | undefined {
  const extra = selection.predicates.filter((own) => !base.predicates.some((other) => isEqual(own, other)));
  const hasAll = base.predicates.every((other) => selection.predicates.some((own) => isEqual(own, other)));
  return hasAll ? extra : undefined;
}

/**
 * Returns an expression that is true for the rows of `base` that are also in the selection. Returns `undefined` if all rows of `base` are
 * in the selection.
 */
export function flagOf(selection: Selection, base: Selection): Expression | undefined {
  const [first, ...more] = extraPredicates(selection, base) ?? [];
  if (first === undefined || more.length === 0) return first;
  return { kind: 'conjunction', operator: 'and', inputs: [first, ...more], type: BOOLEAN };
}
