import { column, columnsOfTypes } from '../../../engine/plan/columns.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import { inputsOf, type Relation, type SharedId } from '../../../engine/plan/relation.ts';
import { mapInputs, sameEstimate, walk } from '../../../engine/plan/transform.ts';
import { sameType } from '../../../engine/plan/types.ts';
import { bytesOf } from '../logical/estimate-rows.ts';
import { gather, materialize, partition } from './exchange.ts';
import {
  isUnpartitioned,
  type PlaceContext,
  type PlacedReader,
  type PlacedRelation,
  type StagedWith,
} from './placed-relation.ts';

/**
 * Places a definition as a separate stage, and then its readers. If all readers need the definition partitioned on the same columns, its
 * stage writes it partitioned, so that readers need not shuffle it again. A `with` whose inputs are not split is not changed.
 *
 *     with 1                    with 1
 *       scan t                    materialize [1]
 *       union all                   scan t
 *         shared 1         ->     union all
 *         filter a < 5              forward [1]
 *           shared 1                filter a < 5
 *                                     forward [1]
 */
export function placeWith(
  relation: With,
  definitions: Definitions,
  place: Place,
  context: PlaceContext,
): PlacedRelation {
  if (!readsSplits(relation, definitions, context)) return placeInOneTask(relation, definitions);
  const definition = exchanged(relation, place(relation.definition, definitions), context);
  const body = place(relation.body, new Map([...definitions, [relation.id, definition]]));
  const placed: StagedWith = {
    kind: 'with',
    id: relation.id,
    types: body.relation.types,
    ...sameEstimate(body.relation),
    definition: definition.relation,
    exchange: definition.relation.exchange,
    body: body.relation,
  };
  return { relation: placed, distribution: body.distribution };
}

/** The placed definitions that enclose an operator. Their readers read these relations. */
export type Definitions = ReadonlyMap<SharedId, PlacedRelation>;

type With = Extract<Relation, { kind: 'with' }>;
type Place = (relation: Relation, definitions: Definitions) => PlacedRelation;

/**
 * Adds the exchange between a definition and its readers. A small definition is not partitioned, because its readers are likely to
 * broadcast it.
 */
function exchanged({ id, body }: With, definition: PlacedRelation, context: PlaceContext): PlacedReader {
  const { relation, distribution } = definition;
  const isSmall = bytesOf(relation) <= context.broadcastLimitBytes;
  const keys = distribution.kind === 'split' && !isSmall ? commonKeys(body, id, relation.types) : [];
  return keys.length === 0 ? materialize(definition) : partition(definition, keys, context.partitions);
}

/** Places a reader of a placed definition. */
export function placeShared({ id }: Extract<Relation, { kind: 'shared' }>, definitions: Definitions): PlacedRelation {
  const definition = definitions.get(id);
  if (definition === undefined) throw new RangeError(`No definition encloses the reader of shared relation ${id}.`);
  return definition;
}

/** Keeps a whole subtree in one task. Its scans are not split, and it reads outer definitions in full. */
export function placeInOneTask(relation: Relation, definitions: Definitions): PlacedRelation {
  const resolve = (part: Relation): Relation => {
    const outer = part.kind === 'shared' ? definitions.get(part.id) : undefined;
    if (outer !== undefined) return gather(outer).relation;
    return part.kind === 'scan' ? { ...part, pruning: [] } : mapInputs(part, resolve);
  };
  return { relation: resolve(relation), distribution: { kind: 'single' } };
}

function readsSplits(root: Relation, definitions: Definitions, { splits }: PlaceContext): boolean {
  let found = false;
  walk(root, (relation) => {
    if (relation.kind === 'scan' && (splits.get(relation.table)?.length ?? 0) > 1) found = true;
    const outer = relation.kind === 'shared' ? definitions.get(relation.id) : undefined;
    if (outer !== undefined && !isUnpartitioned(outer)) found = true;
  });
  return found;
}

/** Positions of the columns on which an operator's input may be partitioned. Any subset of these columns is valid. */
type KeyColumns = readonly number[];

/**
 * Returns the columns on which a definition can be partitioned for all of its readers. The result is empty if the readers have no such
 * columns in common.
 */
function commonKeys(body: Relation, id: SharedId, types: Relation['types']): readonly Expression[] {
  const [first = [], ...others] = keysOfReaders(body, [], id).map((keys) => new Set(keys));
  const common = [...first].filter((position) => others.every((other) => other.has(position)));
  return common
    .sort((left, right) => left - right)
    .flatMap((position) => {
      const type = types[position];
      return type === undefined ? [] : [column(position, type)];
    });
}

/**
 * Returns the key columns of every reader of the definition. `keys` contains the key columns of the operators above, as columns of
 * `relation`.
 */
function keysOfReaders(relation: Relation, keys: KeyColumns, id: SharedId): readonly KeyColumns[] {
  switch (relation.kind) {
    case 'shared':
      return relation.id === id ? [keys] : [];
    case 'project':
      return keysOfReaders(relation.input, columnsAmong(keys.map((position) => relation.expressions[position])), id);
    case 'filter':
      return keysOfReaders(relation.input, keys, id);
    case 'aggregate':
      return keysOfReaders(relation.input, columnsAmong(relation.groups), id);
    case 'distinct':
      return keysOfReaders(relation.input, columnsAmong(relation.on ?? columnsOfTypes(relation.types)), id);
    case 'join': {
      const equalities = relation.conditions.filter(
        ({ operator, left, right }) =>
          (operator === '=' || operator === 'is not distinct from') && sameType(left.type, right.type),
      );
      const left = columnsAmong(equalities.map((condition) => condition.left));
      const right = columnsAmong(equalities.map((condition) => condition.right));
      return [...keysOfReaders(relation.left, left, id), ...keysOfReaders(relation.right, right, id)];
    }
    default:
      return inputsOf(relation).flatMap((input) => keysOfReaders(input, [], id));
  }
}

function columnsAmong(expressions: readonly (Expression | undefined)[]): KeyColumns {
  return expressions.flatMap((expression) => (expression?.kind === 'column' ? [expression.index] : []));
}
