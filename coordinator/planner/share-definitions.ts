import { inputsOf, type Relation, type SharedId } from '../../engine/plan/relation.ts';
import { mapInputs, walk } from '../../engine/plan/transform.ts';
import { bytesOf } from './estimate-rows.ts';
import { gather, materialise, partition } from './exchange.ts';
import { type Fragment, isWhole, type Placement } from './fragment.ts';
import { wantedKeys } from './wanted-keys.ts';

type Place = (relation: Relation) => Fragment;

/**
 * A definition that is read in one place only becomes part of that place. Readers inside a recursion stay readers: there one place is
 * read many times.
 */
export function inlineSingleReaders(root: Relation): Relation {
  const readers = new Map<SharedId, number>();
  const count = (relation: Relation, weight: number): void => {
    if (relation.kind === 'shared') readers.set(relation.id, (readers.get(relation.id) ?? 0) + weight);
    for (const input of inputsOf(relation)) count(input, relation.kind === 'recursive' ? 2 : weight);
  };
  count(root, 1);
  const definitions = new Map<SharedId, Relation>();
  const inline = (relation: Relation): Relation => {
    if (relation.kind === 'shared') return definitions.get(relation.id) ?? relation;
    if (relation.kind !== 'with' || readers.get(relation.id) !== 1) return mapInputs(relation, inline);
    definitions.set(relation.id, inline(relation.definition));
    return inline(relation.body);
  };
  return inline(root);
}

/** Places a definition as a stage of its own, evaluated once, and then what reads it. A `with` of which nothing is cut stays as it is. */
export function placeWith(relation: Extract<Relation, { kind: 'with' }>, place: Place, placement: Placement): Fragment {
  if (isUncut(relation, placement)) return inOneTask(relation, placement);
  placement.definitions.set(relation.id, evaluatedOnce(relation, place(relation.definition), placement));
  return place(relation.body);
}

/** Rows that lie anyhow are written partitioned, where the readers agree on keys and are not likely to have them copied. */
function evaluatedOnce(
  relation: Extract<Relation, { kind: 'with' }>,
  definition: Fragment,
  placement: Placement,
): Fragment {
  const likelyCopied = bytesOf(definition.relation) <= placement.broadcastLimitBytes;
  const keys =
    definition.distribution.kind === 'split' && !likelyCopied
      ? wantedKeys(relation.body, relation.id, definition.relation.types)
      : undefined;
  return keys === undefined ? materialise(definition, placement) : partition(definition, keys, placement);
}

/** What reads a definition that has been placed. */
export function placeShared(relation: Extract<Relation, { kind: 'shared' }>, placement: Placement): Fragment {
  const known = placement.definitions.get(relation.id);
  if (known === undefined)
    throw new RangeError(`Nothing defines the shared relation ${relation.id} that is read here.`);
  return known;
}

/** A whole subtree in one task, as it is: its scans are not cut, and definitions from outside it are read in full. */
export function inOneTask(relation: Relation, placement: Placement): Fragment {
  const resolve = (part: Relation): Relation => {
    const outside = part.kind === 'shared' ? placement.definitions.get(part.id) : undefined;
    if (outside !== undefined) return gather(outside, placement).relation;
    return part.kind === 'scan' ? { ...part, pruning: [] } : mapInputs(part, resolve);
  };
  return { relation: resolve(relation), distribution: { kind: 'single' } };
}

function isUncut(root: Relation, placement: Placement): boolean {
  let cut = false;
  walk(root, (relation) => {
    if (relation.kind === 'scan' && (placement.scans.get(relation.table)?.length ?? 0) > 1) cut = true;
    const outside = relation.kind === 'shared' ? placement.definitions.get(relation.id) : undefined;
    if (outside !== undefined && !isWhole(outside)) cut = true;
  });
  return !cut;
}
