import { collectColumns, isVolatile } from '../../../engine/plan/columns.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import type { JoinType, Relation } from '../../../engine/plan/relation.ts';
import { isVolatileOperator } from '../../../engine/plan/transform.ts';
import { sameType } from '../../../engine/plan/types.ts';
import { bytesOf } from '../logical/estimate-rows.ts';
import { broadcast, gather, partition } from './exchange.ts';
import {
  type Distribution,
  isUnpartitioned,
  movedDistribution,
  type PlaceContext,
  type PlacedRelation,
  taskCountOf,
} from './placed-relation.ts';

type Join = Extract<Relation, { kind: 'join' }>;

/**
 * Places a join with the strategy that moves the fewest bytes. One strategy broadcasts a side within the broadcast limit to the tasks of
 * the other side. The other partitions both sides on the equality keys. A side that is already partitioned on some of the keys stays in
 * place. If neither strategy is allowed, both sides are gathered. The right side is the build side chosen by the optimizer in the binder.
 * It is not final: each executor's DuckDB optimizes the rendered fragment again and may swap the sides.
 *
 *     inner join on a = x        inner join on a = x             inner join on a = x
 *       scan big           ->      scan big                or      partition by a
 *       scan small                 broadcast                         scan big
 *                                    scan small                    partition by x
 *                                                                    scan small
 */
export function placeJoin(
  join: Join,
  left: PlacedRelation,
  right: PlacedRelation,
  context: PlaceContext,
): PlacedRelation {
  if (isVolatileOperator(join)) return joinedInOneTask(join, gather(left), gather(right));
  if (isUnpartitioned(left) && isUnpartitioned(right)) return joinedInOneTask(join, left, right);
  const inputs: JoinInputs = { join, left, right, pairs: keyPairs(join) };
  const cheapest = cheapestOf(strategiesFor(inputs, context));
  return cheapest?.place() ?? joinedInOneTask(join, gather(left), gather(right));
}

/** The key expressions of an equality condition. Both inputs can be hashed on their keys, because matching rows have equal keys. */
interface KeyPair {
  readonly left: Expression;
  readonly right: Expression;
}

/** A join with its placed sides and its equality keys. */
interface JoinInputs {
  readonly join: Join;
  readonly left: PlacedRelation;
  readonly right: PlacedRelation;
  readonly pairs: readonly KeyPair[];
}

/** A way to bring matching rows of both sides together. */
interface JoinStrategy {
  /** The number of bytes moved between tasks. */
  readonly movedBytes: number;
  readonly place: () => PlacedRelation;
}

/**
 * Join types whose right side can be broadcast. In these joins, the output for a left row depends only on that row and the whole right
 * side.
 */
const RIGHT_BROADCASTABLE: ReadonlySet<JoinType> = new Set<JoinType>([
  'inner',
  'left',
  'semi',
  'anti',
  'mark',
  'single',
]);
const LEFT_BROADCASTABLE: ReadonlySet<JoinType> = new Set<JoinType>(['inner', 'right', 'right-semi', 'right-anti']);

function strategiesFor(inputs: JoinInputs, context: PlaceContext): readonly JoinStrategy[] {
  const replicated = broadcastStrategies(inputs, (side) => side.distribution.kind === 'replicated');
  if (replicated.length > 0) return replicated;
  const isHashable = inputs.pairs.length > 0 && !needsWholeRight(inputs.join);
  const isSmall = (side: PlacedRelation) => bytesOf(side.relation) <= context.broadcastLimitBytes;
  const broadcasts = broadcastStrategies(inputs, (side) => !isHashable || isSmall(side));
  return isHashable ? [...broadcasts, partitionStrategy(inputs, context.partitions)] : broadcasts;
}

function cheapestOf(strategies: readonly JoinStrategy[]): JoinStrategy | undefined {
  return strategies.reduce<JoinStrategy | undefined>(
    (best, strategy) => (best === undefined || strategy.movedBytes < best.movedBytes ? strategy : best),
    undefined,
  );
}

/**
 * Returns whether each task of a join needs the whole right side. Only MARK joins can need it, because they return NULL instead of false if
 * no right row matches but a right value is NULL. A MARK join does not need it if all of its conditions treat NULL as a value.
 */
function needsWholeRight({ joinType, residual, conditions }: Join): boolean {
  if (joinType !== 'mark') return false;
  return residual !== undefined || !conditions.every(({ operator }) => operator === 'is not distinct from');
}

function keyPairs(join: Join): readonly KeyPair[] {
  return join.conditions.filter(({ operator, left, right }) => {
    const isEquality = operator === '=' || operator === 'is not distinct from';
    const readsBoth = collectColumns([left]).size > 0 && collectColumns([right]).size > 0;
    return isEquality && readsBoth && sameType(left.type, right.type) && !isVolatile(left) && !isVolatile(right);
  });
}

function broadcastStrategies(
  inputs: JoinInputs,
  mayBroadcast: (side: PlacedRelation) => boolean,
): readonly JoinStrategy[] {
  const { join, left, right } = inputs;
  const movedBytes = (copied: PlacedRelation, kept: PlacedRelation) =>
    copied.distribution.kind === 'replicated' ? 0 : bytesOf(copied.relation) * taskCountOf(kept);
  const strategies: JoinStrategy[] = [];
  if (RIGHT_BROADCASTABLE.has(join.joinType) && mayBroadcast(right)) {
    const place = () => joined(join, left, broadcast(right), outputDistribution(inputs, 'left', left.distribution));
    strategies.push({ movedBytes: movedBytes(right, left), place });
  }
  if (LEFT_BROADCASTABLE.has(join.joinType) && mayBroadcast(left)) {
    const place = () => joined(join, broadcast(left), right, outputDistribution(inputs, 'right', right.distribution));
    strategies.push({ movedBytes: movedBytes(left, right), place });
  }
  return strategies;
}

function partitionStrategy(inputs: JoinInputs, partitions: number): JoinStrategy {
  const { join, left, right, pairs } = inputs;
  const [leftBytes, rightBytes] = [bytesOf(left.relation), bytesOf(right.relation)];
  const leftKeys = pairs.map((pair) => pair.left);
  const rightKeys = pairs.map((pair) => pair.right);
  const leftOrder = keyOrder(left.distribution, leftKeys);
  const rightOrder = keyOrder(right.distribution, rightKeys);
  const isAligned = leftOrder !== undefined && rightOrder !== undefined && leftOrder.join() === rightOrder.join();
  // If both sides are already partitioned, but differently, the larger side stays in place.
  const keepsLeft = leftOrder !== undefined && (isAligned || rightOrder === undefined || leftBytes >= rightBytes);
  const keepsRight = rightOrder !== undefined && (isAligned || !keepsLeft);
  const order = (keepsLeft ? leftOrder : keepsRight ? rightOrder : undefined) ?? [...pairs.keys()];
  const inOrder = (keys: readonly Expression[]) => order.flatMap((index) => keys[index] ?? []);
  const place = (): PlacedRelation => {
    const placedLeft = keepsLeft ? left : partition(left, inOrder(leftKeys), partitions);
    const placedRight = keepsRight ? right : partition(right, inOrder(rightKeys), partitions);
    const distribution = partitionedOutput(inputs, placedLeft.distribution, placedRight.distribution, partitions);
    return joined(join, placedLeft, placedRight, distribution);
  };
  return { movedBytes: (keepsLeft ? 0 : leftBytes) + (keepsRight ? 0 : rightBytes), place };
}

/** Returns the index of the join key for each hash key of a distribution, or `undefined` if a hash key is not a join key. */
function keyOrder(distribution: Distribution, keys: readonly Expression[]): readonly number[] | undefined {
  if (distribution.kind !== 'hashed') return undefined;
  const order = distribution.keys.map((held) =>
    keys.findIndex((key) => key.kind === 'column' && held.includes(key.index)),
  );
  return order.includes(-1) ? undefined : order;
}

function partitionedOutput(
  inputs: JoinInputs,
  left: Distribution,
  right: Distribution,
  partitions: number,
): Distribution {
  const { joinType } = inputs.join;
  switch (joinType) {
    case 'inner':
    case 'left':
    case 'semi':
    case 'anti':
    case 'mark':
    case 'single':
      return outputDistribution(inputs, 'left', left);
    case 'right':
    case 'right-semi':
    case 'right-anti':
      return outputDistribution(inputs, 'right', right);
    case 'full':
      // A row without a match has NULL keys for the other side, so neither side's keys determine the partition of every row.
      return { kind: 'split', tasks: partitions };
    default:
      return joinType satisfies never;
  }
}

/** Maps the distribution of one side to the join's output columns. */
function outputDistribution(
  { join, pairs }: JoinInputs,
  side: 'left' | 'right',
  distribution: Distribution,
): Distribution {
  const rightFrom = join.joinType === 'right-semi' || join.joinType === 'right-anti' ? 0 : join.outputLeft.length;
  const onLeft = (position: number) => outputPositions(join.outputLeft, position, 0);
  const onRight = (position: number) => outputPositions(join.outputRight, position, rightFrom);
  const equal = join.joinType === 'inner' ? pairs : [];
  const partners = (position: number) =>
    equal.flatMap(({ left, right }) => {
      const [own, other] = side === 'left' ? [left, right] : [right, left];
      return own.kind === 'column' && own.index === position && other.kind === 'column' ? [other.index] : [];
    });
  return movedDistribution(distribution, (position) =>
    side === 'left'
      ? [...onLeft(position), ...partners(position).flatMap(onRight)]
      : [...onRight(position), ...partners(position).flatMap(onLeft)],
  );
}

function outputPositions(output: readonly number[], position: number, from: number): readonly number[] {
  return output.flatMap((column, index) => (column === position ? [from + index] : []));
}

/** Joins both sides in one task. A cross join multiplies rows, so its result is not replicated even if both sides are. */
function joinedInOneTask(join: Join, left: PlacedRelation, right: PlacedRelation): PlacedRelation {
  const isReplicated =
    left.distribution.kind === 'replicated' && right.distribution.kind === 'replicated' && join.conditions.length > 0;
  return joined(join, left, right, { kind: isReplicated ? 'replicated' : 'single' });
}

function joined(join: Join, left: PlacedRelation, right: PlacedRelation, distribution: Distribution): PlacedRelation {
  return { relation: { ...join, left: left.relation, right: right.relation }, distribution };
}
