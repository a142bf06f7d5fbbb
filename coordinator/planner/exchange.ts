import { canonicalText } from '../../engine/plan/columns.ts';
import type { Expression } from '../../engine/plan/expression.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import type { StageOutput } from '../../engine/plan/stage.ts';
import { mapInputs, sameEstimate, walk } from '../../engine/plan/transform.ts';
import { type Distribution, type Fragment, isWhole, type Placement, taskCountOf } from './fragment.ts';

/** All rows in one task. */
export function gather(fragment: Fragment, placement: Placement): Fragment {
  const distribution: Distribution = { kind: 'single' };
  if (isWhole(fragment)) return { relation: fragment.relation, distribution };
  return { relation: readAll(fragment, placement), distribution };
}

/** All rows in every task that wants them. */
export function broadcast(fragment: Fragment, placement: Placement): Fragment {
  if (fragment.distribution.kind === 'everywhere') return fragment;
  return { relation: readAll(fragment, placement), distribution: { kind: 'everywhere' } };
}

/** Rows with equal keys in the same task. The keys are over the fragment's columns; rows are hashed on all of them together. */
export function partition(fragment: Fragment, keys: readonly Expression[], placement: Placement): Fragment {
  const source = materialised(fragment.relation, placement);
  const name = source === undefined ? undefined : `${source} by ${canonicalText(keys)}`;
  const known = name === undefined ? undefined : placement.repartitioned.get(name);
  if (known !== undefined) return known;
  const stage = cutOff(fragment, { kind: 'hash', keys, partitions: placement.partitions }, placement);
  const columns = keys.flatMap((key) => (key.kind === 'column' ? [[key.index]] : []));
  const distribution: Distribution =
    columns.length === keys.length && keys.length > 0
      ? { kind: 'hashed', keys: columns }
      : { kind: 'split', tasks: placement.partitions };
  const partitioned: Fragment = { relation: reader(stage, 'partition', fragment.relation), distribution };
  if (name !== undefined) placement.repartitioned.set(name, partitioned);
  return partitioned;
}

/** Writes the rows once, for several readers: each task of a reader's fragment reads what one task wrote, or all of it. */
export function materialise(fragment: Fragment, placement: Placement): Fragment {
  const whole = isWhole(fragment);
  const stage = cutOff(fragment, { kind: 'single' }, placement);
  return {
    relation: reader(stage, whole ? 'all' : 'forward', fragment.relation),
    distribution: whole ? { kind: 'single' } : fragment.distribution,
  };
}

/**
 * The inputs of one operator, such that none of them reads in full what another one reads task by task: a task finds the output of a
 * stage in one way only. It happens when a definition is joined with itself; the full reader then gets a copy in a stage of its own.
 */
export function inOneMode(relations: readonly Relation[], placement: Placement): readonly Relation[] {
  const forwarded = new Set<number>();
  for (const relation of relations) {
    walk(relation, (part) => {
      if (part.kind === 'input' && part.mode === 'forward') forwarded.add(part.stage);
    });
  }
  const redirect = (relation: Relation): Relation => {
    if (relation.kind !== 'input') return mapInputs(relation, redirect);
    if (relation.mode !== 'all' || !forwarded.has(relation.stage)) return relation;
    return { ...relation, stage: copyOf(relation, placement) };
  };
  return forwarded.size === 0 ? relations : relations.map(redirect);
}

function copyOf(input: Extract<Relation, { kind: 'input' }>, placement: Placement): number {
  const known = placement.copies.get(input.stage);
  if (known !== undefined) return known;
  const taskCount = placement.stages[input.stage]?.taskCount ?? 1;
  const relation: Relation = { ...input, mode: 'forward' };
  const copy = placement.stages.push({ relation, taskCount, output: { kind: 'single' } }) - 1;
  placement.copies.set(input.stage, copy);
  return copy;
}

function readAll(fragment: Fragment, placement: Placement): Relation {
  const source = materialised(fragment.relation, placement);
  const stage = source ?? cutOff(fragment, { kind: 'single' }, placement);
  return reader(stage, 'all', fragment.relation);
}

/** The stage whose whole output a relation is, if it is nothing else and the output can be read by others as well. */
function materialised(relation: Relation, placement: Placement): number | undefined {
  if (relation.kind !== 'input' || placement.stages[relation.stage]?.output.kind !== 'single') return undefined;
  return relation.stage;
}

function cutOff(fragment: Fragment, output: StageOutput, placement: Placement): number {
  placement.stages.push({ relation: fragment.relation, taskCount: taskCountOf(fragment, placement), output });
  return placement.stages.length - 1;
}

function reader(stage: number, mode: 'partition' | 'all' | 'forward', read: Relation): Relation {
  return { kind: 'input', stage, mode, types: read.types, ...sameEstimate(read) };
}
