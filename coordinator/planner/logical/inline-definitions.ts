import { inputsOf, type Relation, type SharedId } from '../../../engine/plan/relation.ts';
import { mapInputs } from '../../../engine/plan/transform.ts';

/**
 * Inlines every definition that has only one reader. A reader inside a recursion counts twice, because it reads the definition in every
 * iteration.
 *
 *     with 1                   filter a < 5
 *       aggregate max(a)         aggregate max(a)
 *         scan t           ->      scan t
 *       filter a < 5
 *         shared 1
 */
export function inlineDefinitions(root: Relation): Relation {
  const readers = countReaders(root);
  const definitions = new Map<SharedId, Relation>();
  const inline = (relation: Relation): Relation => {
    if (relation.kind === 'shared') return definitions.get(relation.id) ?? relation;
    if (relation.kind !== 'with' || readers.get(relation.id) !== 1) return mapInputs(relation, inline);
    definitions.set(relation.id, inline(relation.definition));
    return inline(relation.body);
  };
  return inline(root);
}

function countReaders(root: Relation): ReadonlyMap<SharedId, number> {
  const readers = new Map<SharedId, number>();
  const count = (relation: Relation, weight: number): void => {
    if (relation.kind === 'shared') readers.set(relation.id, (readers.get(relation.id) ?? 0) + weight);
    for (const input of inputsOf(relation)) count(input, relation.kind === 'recursive' ? 2 : weight);
  };
  count(root, 1);
  return readers;
}
