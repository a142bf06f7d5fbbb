import type { Relation } from '../../engine/plan/relation.ts';
import { isVolatileOperator } from '../../engine/plan/transform.ts';
import { rowsOf } from './estimate-rows.ts';
import { gather } from './exchange.ts';
import { type Fragment, isWhole, type Placement } from './fragment.ts';

type Sort = Extract<Relation, { kind: 'sort' }>;

/** Places a sort, top-n or limit: with a limit each task first keeps what could be among the rows of the answer; the end is one task's. */
export function placeSort(sort: Sort, input: Fragment, placement: Placement): Fragment {
  const kept = isWhole(input) || isVolatileOperator(sort) ? input : keptByEachTask(sort, input);
  const gathered = gather(kept, placement);
  return { relation: { ...sort, input: gathered.relation }, distribution: { kind: 'single' } };
}

function keptByEachTask(sort: Sort, input: Fragment): Fragment {
  if (sort.limit === undefined) return input;
  const limit = sort.limit + (sort.offset ?? 0n);
  const { offset: _offset, ...unshifted } = sort;
  const estimatedRows = Math.min(rowsOf(input.relation), Number(limit));
  return { ...input, relation: { ...unshifted, limit, estimatedRows, input: input.relation } };
}
