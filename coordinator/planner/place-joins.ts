import { collectColumns, isVolatile } from '../../engine/plan/columns.ts';
import type { Expression } from '../../engine/plan/expression.ts';
import type { JoinType, Relation } from '../../engine/plan/relation.ts';
import { isVolatileOperator } from '../../engine/plan/transform.ts';
import { sameType } from '../../engine/plan/types.ts';
import { bytesOf } from './estimate-rows.ts';
import { broadcast, gather, inOneMode, partition } from './exchange.ts';
import {
  type Distribution,
  type Fragment,
  isWhole,
  movedDistribution,
  type Placement,
  taskCountOf,
} from './fragment.ts';

type Join = Extract<Relation, { kind: 'join' }>;

/** The two sides of an equality that a match must fulfil: rows that match have the same value, so they can be hashed on it. */
interface KeyPair {
  readonly left: Expression;
  readonly right: Expression;
}

/** Join types in which each left row's fate hangs on that row and the whole right side: the right side may be copied to every task. */
const RIGHT_MAY_BE_COPIED: ReadonlySet<JoinType> = new Set<JoinType>([
  'inner',
  'left',
  'semi',
  'anti',
  'mark',
  'single',
]);
const LEFT_MAY_BE_COPIED: ReadonlySet<JoinType> = new Set<JoinType>(['inner', 'right', 'right-semi', 'right-anti']);

/** One way to bring a join's sides together. */
interface Way {
  /** Bytes it moves. */
  readonly bytes: number;
  readonly make: () => Fragment;
}

/**
 * Places a join: a side within the broadcast limit is copied to the tasks of the other, else both are partitioned on the equality
 * keys, where a side that is partitioned on some of them already stays where it is. What can neither be copied nor hashed is gathered.
 */
export function placeJoin(join: Join, left: Fragment, right: Fragment, placement: Placement): Fragment {
  if (isVolatileOperator(join)) return joinedWhole(join, gather(left, placement), gather(right, placement), placement);
  if (isWhole(left) && isWhole(right)) return joinedWhole(join, left, right, placement);
  const pairs = keyPairs(join);
  const free = waysByCopy(join, left, right, pairs, placement, (side) => side.distribution.kind === 'everywhere');
  const hashed = pairs.length > 0 && !needsWholeRight(join) ? [wayByHash(join, left, right, pairs, placement)] : [];
  const small = (side: Fragment) => bytesOf(side.relation) <= placement.broadcastLimitBytes;
  const copied = waysByCopy(join, left, right, pairs, placement, (side) => hashed.length === 0 || small(side));
  const ways = free.length > 0 ? free : [...copied, ...hashed];
  const cheapest = ways.reduce<Way | undefined>(
    (best, way) => (best === undefined || way.bytes < best.bytes ? way : best),
    undefined,
  );
  return cheapest?.make() ?? joinedWhole(join, gather(left, placement), gather(right, placement), placement);
}

/**
 * A MARK says NULL, not false, where no partner is found but some right row is NULL, so it has to see the whole right side; unless
 * NULLs compare as values in all of its conditions.
 */
function needsWholeRight(join: Join): boolean {
  if (join.joinType !== 'mark') return false;
  return (
    join.residual !== undefined || !join.conditions.every((condition) => condition.operator === 'is not distinct from')
  );
}

function keyPairs(join: Join): readonly KeyPair[] {
  return join.conditions.filter(({ operator, left, right }) => {
    const equality = operator === '=' || operator === 'is not distinct from';
    const readsBoth = collectColumns([left]).size > 0 && collectColumns([right]).size > 0;
    return equality && readsBoth && sameType(left.type, right.type) && !isVolatile(left) && !isVolatile(right);
  });
}

function waysByCopy(
  join: Join,
  left: Fragment,
  right: Fragment,
  pairs: readonly KeyPair[],
  placement: Placement,
  worth: (side: Fragment) => boolean,
): readonly Way[] {
  const bytes = (copied: Fragment, kept: Fragment) =>
    copied.distribution.kind === 'everywhere' ? 0 : bytesOf(copied.relation) * taskCountOf(kept, placement);
  const ways: Way[] = [];
  if (RIGHT_MAY_BE_COPIED.has(join.joinType) && worth(right)) {
    const make = () =>
      joined(
        join,
        left,
        broadcast(right, placement),
        outputOf(join, 'left', left.distribution, pairs, placement),
        placement,
      );
    ways.push({ bytes: bytes(right, left), make });
  }
  if (LEFT_MAY_BE_COPIED.has(join.joinType) && worth(left)) {
    const make = () =>
      joined(
        join,
        broadcast(left, placement),
        right,
        outputOf(join, 'right', right.distribution, pairs, placement),
        placement,
      );
    ways.push({ bytes: bytes(left, right), make });
  }
  return ways;
}

function wayByHash(join: Join, left: Fragment, right: Fragment, pairs: readonly KeyPair[], placement: Placement): Way {
  const leftBytes = bytesOf(left.relation);
  const rightBytes = bytesOf(right.relation);
  const leftOrder = alignment(
    left.distribution,
    pairs.map((pair) => pair.left),
  );
  const rightOrder = alignment(
    right.distribution,
    pairs.map((pair) => pair.right),
  );
  const aligned = leftOrder !== undefined && rightOrder !== undefined && leftOrder.join() === rightOrder.join();
  // Of two sides that lie differently, the bigger one stays.
  const keepLeft = leftOrder !== undefined && (aligned || rightOrder === undefined || leftBytes >= rightBytes);
  const keepRight = rightOrder !== undefined && (aligned || !keepLeft);
  const order = (keepLeft ? leftOrder : keepRight ? rightOrder : undefined) ?? [...pairs.keys()];
  const chosen = order.flatMap((index) => pairs[index] ?? []);
  const make = (): Fragment => {
    const leftThere = keepLeft
      ? left
      : partition(
          left,
          chosen.map((pair) => pair.left),
          placement,
        );
    const rightThere = keepRight
      ? right
      : partition(
          right,
          chosen.map((pair) => pair.right),
          placement,
        );
    return joined(join, leftThere, rightThere, hashedOutput(join, leftThere, rightThere, pairs, placement), placement);
  };
  return { bytes: (keepLeft ? 0 : leftBytes) + (keepRight ? 0 : rightBytes), make };
}

/** For each hash key of a distribution, which of the expressions it is; `undefined` if it is hashed on anything else. */
function alignment(distribution: Distribution, keys: readonly Expression[]): readonly number[] | undefined {
  if (distribution.kind !== 'hashed') return undefined;
  const order = distribution.keys.map((held) =>
    keys.findIndex((key) => key.kind === 'column' && held.includes(key.index)),
  );
  return order.includes(-1) ? undefined : order;
}

function hashedOutput(
  join: Join,
  left: Fragment,
  right: Fragment,
  pairs: readonly KeyPair[],
  placement: Placement,
): Distribution {
  switch (join.joinType) {
    case 'inner':
    case 'left':
    case 'semi':
    case 'anti':
    case 'mark':
    case 'single':
      return outputOf(join, 'left', left.distribution, pairs, placement);
    case 'right':
    case 'right-semi':
    case 'right-anti':
      return outputOf(join, 'right', right.distribution, pairs, placement);
    case 'full':
      // Either side's key is NULL in the rows that only the other one has.
      return { kind: 'split', tasks: placement.partitions };
    default:
      return join.joinType satisfies never;
  }
}

/** The distribution of the side whose rows stay where they are, seen in the join's output. */
function outputOf(
  join: Join,
  side: 'left' | 'right',
  distribution: Distribution,
  pairs: readonly KeyPair[],
  placement: Placement,
): Distribution {
  const rightFrom = join.joinType === 'right-semi' || join.joinType === 'right-anti' ? 0 : join.outputLeft.length;
  const onLeft = (position: number) => places(join.outputLeft, position, 0);
  const onRight = (position: number) => places(join.outputRight, position, rightFrom);
  const equal = join.joinType === 'inner' ? pairs : [];
  const partners = (position: number) =>
    equal.flatMap(({ left, right }) => {
      const [own, other] = side === 'left' ? [left, right] : [right, left];
      return own.kind === 'column' && own.index === position && other.kind === 'column' ? [other.index] : [];
    });
  return movedDistribution(
    distribution,
    (position) =>
      side === 'left'
        ? [...onLeft(position), ...partners(position).flatMap(onRight)]
        : [...onRight(position), ...partners(position).flatMap(onLeft)],
    placement,
  );
}

function places(output: readonly number[], position: number, from: number): readonly number[] {
  return output.flatMap((column, index) => (column === position ? [from + index] : []));
}

/** Both sides in one task. What is everywhere stays so only where no row of the answer is a matter of chance. */
function joinedWhole(join: Join, left: Fragment, right: Fragment, placement: Placement): Fragment {
  const everywhere =
    left.distribution.kind === 'everywhere' && right.distribution.kind === 'everywhere' && join.conditions.length > 0;
  return joined(join, left, right, { kind: everywhere ? 'everywhere' : 'single' }, placement);
}

function joined(
  join: Join,
  left: Fragment,
  right: Fragment,
  distribution: Distribution,
  placement: Placement,
): Fragment {
  const [ofLeft = left.relation, ofRight = right.relation] = inOneMode([left.relation, right.relation], placement);
  return { relation: { ...join, left: ofLeft, right: ofRight }, distribution };
}
