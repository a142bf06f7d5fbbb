import { columnsOfTypes, isEqual } from '../../../engine/plan/columns.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { gather, partition } from './exchange.ts';
import {
  type Distribution,
  exchangeReaders,
  isUnpartitioned,
  type PlaceContext,
  type PlacedRelation,
  taskCountOf,
} from './placed-relation.ts';

type SetOperation = Extract<Relation, { kind: 'set-operation' }>;

/**
 * Places UNION, EXCEPT and INTERSECT. UNION ALL runs where its inputs are, once they have the same number of tasks. The other operations
 * need equal rows in the same task, so their inputs are partitioned on all columns.
 *
 *     except           except                       union all          union all
 *       scan t    ->     partition by a, b            scan t      ->     scan t     8 tasks
 *       scan u             scan t                     scan u             scan u     3 tasks read splits, 5 read none
 *                        partition by a, b
 *                          scan u
 */
export function placeSetOperation(
  operation: SetOperation,
  inputs: readonly PlacedRelation[],
  { partitions }: PlaceContext,
): PlacedRelation {
  if (inputs.every(isUnpartitioned)) return over(operation, inputs.map(gather), { kind: 'single' });
  if (operation.operation === 'union' && operation.all) return placeUnionAll(operation, inputs, partitions);
  const keys = columnsOfTypes(operation.types);
  const partitioned = inputs.map((input) =>
    isHashedOnAll(input, keys.length) ? input : partition(input, keys, partitions),
  );
  return over(operation, partitioned, { kind: 'hashed', keys: keys.map((_key, index) => [index]), tasks: partitions });
}

function isHashedOnAll({ distribution }: PlacedRelation, columns: number): boolean {
  if (distribution.kind !== 'hashed' || distribution.keys.length !== columns) return false;
  return distribution.keys.every((key, index) => key.includes(index));
}

function placeUnionAll(operation: SetOperation, inputs: readonly PlacedRelation[], partitions: number): PlacedRelation {
  const spread = inputs.filter((input) => !isUnpartitioned(input));
  const fixed = spread.find((input) => !canTakeMoreTasks(input));
  const tasks = fixed === undefined ? Math.max(...spread.map(taskCountOf)) : taskCountOf(fixed);
  if (inputs.every((input) => canRunIn(input, tasks))) {
    return over(operation, inputs, sharedDistribution(inputs, tasks));
  }
  // An input that cannot run in `tasks` tasks is shuffled. All other inputs must then run in as many tasks as the shuffle has partitions.
  const moved = inputs.map((input) =>
    canRunIn(input, partitions) ? input : partition(input, columnsOfTypes(input.relation.types), partitions),
  );
  return over(operation, moved, { kind: 'split', tasks: partitions });
}

function canRunIn(input: PlacedRelation, tasks: number): boolean {
  if (isUnpartitioned(input)) return false;
  const own = taskCountOf(input);
  return own === tasks || (own < tasks && canTakeMoreTasks(input));
}

/** Returns the distribution of the combined inputs. If all inputs are hashed on the same columns, so is the result. */
function sharedDistribution(inputs: readonly PlacedRelation[], tasks: number): Distribution {
  const [first, ...others] = inputs.map((input) => input.distribution);
  const isSame = first?.kind === 'hashed' && others.every((other) => isEqual(other, first));
  return isSame ? first : { kind: 'split', tasks };
}

/** Returns whether the relation produces the same rows if tasks without splits are added. This is true for scans and false for shuffles. */
function canTakeMoreTasks({ relation, distribution }: PlacedRelation): boolean {
  return distribution.kind === 'split' && exchangeReaders(relation).every(({ mode }) => mode === 'all');
}

function over(operation: SetOperation, inputs: readonly PlacedRelation[], distribution: Distribution): PlacedRelation {
  return { relation: { ...operation, inputs: inputs.map((input) => input.relation) }, distribution };
}
