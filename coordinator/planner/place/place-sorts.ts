import type { Relation } from '../../../engine/plan/relation.ts';
import { isVolatileOperator } from '../../../engine/plan/transform.ts';
import { rowsOf } from '../logical/estimate-rows.ts';
import { gather } from './exchange.ts';
import { isUnpartitioned, type PlacedRelation } from './placed-relation.ts';

type Sort = Extract<Relation, { kind: 'sort' }>;

/**
 * Places a sort, top-n or limit. One task produces the result. If there is a limit, each task first keeps only the rows that the result may
 * contain.
 *
 *     sort by a limit 10 offset 5        sort by a limit 10 offset 5
 *       scan t                      ->     gather
 *                                            sort by a limit 15
 *                                              scan t
 */
export function placeSort(sort: Sort, input: PlacedRelation): PlacedRelation {
  const kept = isUnpartitioned(input) || isVolatileOperator(sort) ? input : limitedInEachTask(sort, input);
  return { relation: { ...sort, input: gather(kept).relation }, distribution: { kind: 'single' } };
}

function limitedInEachTask(sort: Sort, input: PlacedRelation): PlacedRelation {
  if (sort.limit === undefined) return input;
  const limit = sort.limit + (sort.offset ?? 0n);
  const { offset: _offset, ...unshifted } = sort;
  const estimatedRows = Math.min(rowsOf(input.relation), Number(limit));
  return { ...input, relation: { ...unshifted, limit, estimatedRows, input: input.relation } };
}
