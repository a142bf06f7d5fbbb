import type { Relation } from '../../../engine/plan/relation.ts';
import { isVolatileOperator, sameEstimate } from '../../../engine/plan/transform.ts';
import { rowsOf } from '../logical/estimate-rows.ts';
import type { Distribution, PlaceContext, PlacedRelation } from './placed-relation.ts';

type Leaf = Extract<Relation, { kind: 'scan' | 'values' | 'table-function' }>;

/**
 * Places a leaf of the plan. A scan runs in the tasks that have its splits. Small tables and constant rows are replicated, so that any task
 * can read them without an exchange.
 *
 *     scan orders   ->   scan orders   split over 8 tasks
 *     scan nation   ->   scan nation   replicated (25 rows)
 *     scan none     ->   no rows       replicated (every row group was pruned)
 */
export function placeLeaf(leaf: Leaf, context: PlaceContext): PlacedRelation {
  switch (leaf.kind) {
    case 'scan':
      return placeScan(leaf, context);
    case 'values':
      return { relation: leaf, distribution: leafDistribution(leaf, leaf.rows.length <= REPLICATED_ROWS) };
    case 'table-function':
      return { relation: leaf, distribution: leafDistribution(leaf, rowsOf(leaf) <= REPLICATED_ROWS) };
    default:
      return leaf satisfies never;
  }
}

/** The maximum size of a table that every task reads itself. This is faster than waiting for a stage to broadcast the table. */
const REPLICATED_BYTES = 64 * 2 ** 10;
const REPLICATED_ROWS = 10_000;

function placeScan(scan: Extract<Relation, { kind: 'scan' }>, context: PlaceContext): PlacedRelation {
  // Row groups have already been pruned, so columns used only by pruning predicates need not be read.
  const relation: Relation = { ...scan, pruning: [] };
  const tasks = context.splits.get(scan.table) ?? [];
  if (tasks.length > 1) return { relation, distribution: { kind: 'split', tasks: tasks.length } };
  const splits = tasks[0] ?? [];
  if (splits.length === 0) {
    const noRows: Relation = { kind: 'values', types: scan.types, ...sameEstimate(scan), rows: [] };
    return { relation: noRows, distribution: { kind: 'replicated' } };
  }
  const sizeBytes = splits.reduce((sum, split) => sum + split.sizeBytes, 0);
  const isSmall =
    sizeBytes <= Math.min(REPLICATED_BYTES, context.broadcastLimitBytes) && rowsOf(scan) <= REPLICATED_ROWS;
  return { relation, distribution: leafDistribution(scan, isSmall) };
}

function leafDistribution(leaf: Leaf, isSmall: boolean): Distribution {
  return isSmall && !isVolatileOperator(leaf) ? { kind: 'replicated' } : { kind: 'single' };
}
