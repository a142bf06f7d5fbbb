import type { Relation } from '../../../engine/plan/relation.ts';
import { isVolatileOperator } from '../../../engine/plan/transform.ts';
import { gather } from './exchange.ts';
import { placeAggregate } from './place-aggregates.ts';
import { type Definitions, placeInOneTask, placeShared, placeWith } from './place-definitions.ts';
import { placeDistinct } from './place-distinct.ts';
import { placeJoin } from './place-joins.ts';
import { placeLeaf } from './place-leaves.ts';
import { placeSetOperation } from './place-set-operations.ts';
import { placeSort } from './place-sorts.ts';
import { placeWindow } from './place-windows.ts';
import { type Distribution, movedDistribution, type PlaceContext, type PlacedRelation } from './placed-relation.ts';

type RowWise = Extract<Relation, { kind: 'project' | 'filter' | 'unnest' | 'lateral-function' }>;

/**
 * Decides for each operator, bottom-up, which tasks run it. An operator runs in the stage of its input if possible. If it must see rows of
 * other tasks, an exchange is placed below it. The rules for each kind of operator are in a separate file.
 *
 *     sort by s                        sort by s                        in one task
 *       aggregate sum(b) by a            gather
 *         filter c < 5           ->        aggregate sum(sum(b)) by a   hashed on a
 *           scan t                           partition by a
 *                                              aggregate sum(b) by a    as the splits of t
 *                                                filter c < 5
 *                                                  scan t
 */
export function placeExchanges(root: Relation, context: PlaceContext): PlacedRelation {
  return placeRelation(root, new Map(), context);
}

function placeRelation(relation: Relation, definitions: Definitions, context: PlaceContext): PlacedRelation {
  const place = (input: Relation) => placeRelation(input, definitions, context);
  switch (relation.kind) {
    case 'scan':
    case 'values':
    case 'table-function':
      return placeLeaf(relation, context);
    case 'project':
    case 'filter':
    case 'unnest':
    case 'lateral-function':
      return placeRowWise(relation, place(relation.input));
    case 'aggregate':
      return placeAggregate(relation, place(relation.input), context);
    case 'join':
      return placeJoin(relation, place(relation.left), place(relation.right), context);
    case 'sort':
      return placeSort(relation, place(relation.input));
    case 'distinct':
      return placeDistinct(relation, place(relation.input), context);
    case 'window':
      return placeWindow(relation, place(relation.input), context);
    case 'set-operation':
      return placeSetOperation(relation, relation.inputs.map(place), context);
    case 'with':
      return placeWith(relation, definitions, (part, known) => placeRelation(part, known, context), context);
    case 'shared':
      return placeShared(relation, definitions);
    case 'asof-join': {
      const left = gather(place(relation.left)).relation;
      const right = gather(place(relation.right)).relation;
      return { relation: { ...relation, left, right }, distribution: { kind: 'single' } };
    }
    // These operators depend on the order of the rows, or iterate over all rows.
    case 'positional-join':
    case 'sample':
    case 'recursive':
    case 'input':
      return placeInOneTask(relation, definitions);
    default:
      return relation satisfies never;
  }
}

function placeRowWise(relation: RowWise, input: PlacedRelation): PlacedRelation {
  // Every attempt and every reader must see the same random values for a row, so one task generates them.
  const placed = isVolatileOperator(relation) ? gather(input) : input;
  return {
    relation: { ...relation, input: placed.relation },
    distribution: rowWiseDistribution(relation, placed.distribution),
  };
}

function rowWiseDistribution(relation: RowWise, distribution: Distribution): Distribution {
  switch (relation.kind) {
    case 'project': {
      const to = (position: number) =>
        relation.expressions.flatMap((part, index) =>
          part.kind === 'column' && part.index === position ? [index] : [],
        );
      return movedDistribution(distribution, to);
    }
    case 'lateral-function':
      return movedDistribution(distribution, (position) => [relation.output.length + position]);
    case 'filter':
    case 'unnest':
      return distribution;
    default:
      return relation satisfies never;
  }
}
