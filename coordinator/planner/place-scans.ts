import type { Relation } from '../../engine/plan/relation.ts';
import { isVolatileOperator, sameEstimate } from '../../engine/plan/transform.ts';
import { rowsOf } from './estimate-rows.ts';
import type { Distribution, Fragment, Placement } from './fragment.ts';

type Leaf = Extract<Relation, { kind: 'scan' | 'values' | 'table-function' }>;

/** A table so small that every task that joins it rather reads it again than waits for a stage to copy it. */
const READ_AGAIN_BYTES = 64 * 2 ** 10;
const REPEATED_ROWS = 10_000;

/** Places what has no inputs: scans where their splits are, constant rows wherever they are wanted. */
export function placeLeaf(leaf: Leaf, placement: Placement): Fragment {
  switch (leaf.kind) {
    case 'scan':
      return placeScan(leaf, placement);
    case 'values':
      return { relation: leaf, distribution: repeatable(leaf, leaf.rows.length <= REPEATED_ROWS) };
    case 'table-function':
      return { relation: leaf, distribution: repeatable(leaf, rowsOf(leaf) <= REPEATED_ROWS) };
    default:
      return leaf satisfies never;
  }
}

function placeScan(scan: Extract<Relation, { kind: 'scan' }>, placement: Placement): Fragment {
  // Pruning predicates have done their work: the columns only they read need not be fetched.
  const relation: Relation = { ...scan, pruning: [] };
  const tasks = placement.scans.get(scan.table) ?? [];
  if (tasks.length > 1) return { relation, distribution: { kind: 'split', tasks: tasks.length } };
  const splits = tasks[0] ?? [];
  if (splits.length === 0) {
    const nothing: Relation = { kind: 'values', types: scan.types, ...sameEstimate(scan), rows: [] };
    return { relation: nothing, distribution: { kind: 'everywhere' } };
  }
  const sizeBytes = splits.reduce((sum, split) => sum + split.sizeBytes, 0);
  const small = sizeBytes <= Math.min(READ_AGAIN_BYTES, placement.broadcastLimitBytes) && rowsOf(scan) <= REPEATED_ROWS;
  return { relation, distribution: repeatable(scan, small) };
}

function repeatable(leaf: Leaf, small: boolean): Distribution {
  return small && !isVolatileOperator(leaf) ? { kind: 'everywhere' } : { kind: 'single' };
}
