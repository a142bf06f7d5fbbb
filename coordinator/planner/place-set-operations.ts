import { canonicalText, columnsOfTypes } from '../../engine/plan/columns.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import { walk } from '../../engine/plan/transform.ts';
import { gather, inOneMode, partition } from './exchange.ts';
import { type Distribution, type Fragment, isWhole, type Placement, taskCountOf } from './fragment.ts';

type SetOperation = Extract<Relation, { kind: 'set-operation' }>;

/**
 * Places UNION, EXCEPT and INTERSECT. UNION ALL runs where its inputs are, once those have equally many tasks; the others need equal
 * rows in one task, so their inputs are partitioned on all columns.
 */
export function placeSetOperation(
  operation: SetOperation,
  inputs: readonly Fragment[],
  placement: Placement,
): Fragment {
  if (inputs.every(isWhole)) {
    return combined(
      operation,
      inputs.map((input) => gather(input, placement)),
      { kind: 'single' },
      placement,
    );
  }
  if (operation.operation === 'union' && operation.all) return placeUnionAll(operation, inputs, placement);
  const keys = columnsOfTypes(operation.types);
  const partitioned = inputs.map((input) =>
    isHashedOnAll(input, keys.length) ? input : partition(input, keys, placement),
  );
  return combined(operation, partitioned, { kind: 'hashed', keys: keys.map((_key, index) => [index]) }, placement);
}

function isHashedOnAll({ distribution }: Fragment, columns: number): boolean {
  if (distribution.kind !== 'hashed' || distribution.keys.length !== columns) return false;
  return distribution.keys.every((key, index) => key.includes(index));
}

function placeUnionAll(operation: SetOperation, inputs: readonly Fragment[], placement: Placement): Fragment {
  const spread = inputs.filter((input) => !isWhole(input));
  const fixed = spread.find((input) => !canTakeMoreTasks(input));
  const most = Math.max(...spread.map((input) => taskCountOf(input, placement)));
  const tasks = fixed === undefined ? most : taskCountOf(fixed, placement);
  const fits = (input: Fragment) => {
    const own = taskCountOf(input, placement);
    return !isWhole(input) && (own === tasks || (own < tasks && canTakeMoreTasks(input)));
  };
  // What does not fit is brought to the partitions of a shuffle, and then everything else has to go there too.
  if (inputs.every(fits)) return combined(operation, inputs, sharedDistribution(inputs, tasks), placement);
  const target = placement.partitions;
  const moved = inputs.map((input) => {
    const own = taskCountOf(input, placement);
    const stays = !isWhole(input) && (own === target || (own < target && canTakeMoreTasks(input)));
    return stays ? input : partition(input, columnsOfTypes(input.relation.types), placement);
  });
  return combined(operation, moved, { kind: 'split', tasks: target }, placement);
}

/** Inputs that are hashed on the same columns stay so together. */
function sharedDistribution(inputs: readonly Fragment[], tasks: number): Distribution {
  const [first, ...others] = inputs.map((input) => input.distribution);
  const alike = first?.kind === 'hashed' && others.every((other) => canonicalText(other) === canonicalText(first));
  return alike ? first : { kind: 'split', tasks };
}

/** Whether the fragment gives the same rows in more tasks, of which the last read no splits: true for scans, not for what other stages cut. */
function canTakeMoreTasks(fragment: Fragment): boolean {
  if (fragment.distribution.kind !== 'split') return false;
  let fixed = false;
  walk(fragment.relation, (relation) => {
    if (relation.kind === 'input' && relation.mode !== 'all') fixed = true;
  });
  return !fixed;
}

function combined(
  operation: SetOperation,
  inputs: readonly Fragment[],
  distribution: Distribution,
  placement: Placement,
): Fragment {
  const relations = inOneMode(
    inputs.map((input) => input.relation),
    placement,
  );
  return { relation: { ...operation, inputs: relations }, distribution };
}
