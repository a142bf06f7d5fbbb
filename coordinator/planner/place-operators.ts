import type { Relation } from '../../engine/plan/relation.ts';
import { isVolatileOperator } from '../../engine/plan/transform.ts';
import { gather } from './exchange.ts';
import { type Distribution, type Fragment, movedDistribution, type Placement } from './fragment.ts';
import { placeJoin } from './place-joins.ts';
import { placeLeaf } from './place-scans.ts';
import { placeSetOperation } from './place-set-operations.ts';
import { placeWindow } from './place-windows.ts';
import { inOneTask, placeShared, placeWith } from './share-definitions.ts';
import { placeAggregate } from './split-aggregates.ts';
import { placeDistinct } from './split-distinct.ts';
import { placeSort } from './split-top-n.ts';

type RowWise = Extract<Relation, { kind: 'project' | 'filter' | 'unnest' | 'lateral-function' }>;

/**
 * Places a relation bottom-up: each operator stays in the stage of its input where it can, and where it has to see rows that other
 * tasks hold, an exchange is put below it, which cuts off a stage.
 */
export function placeRelation(relation: Relation, placement: Placement): Fragment {
  const place = (input: Relation) => placeRelation(input, placement);
  switch (relation.kind) {
    case 'scan':
    case 'values':
    case 'table-function':
      return placeLeaf(relation, placement);
    case 'project':
    case 'filter':
    case 'unnest':
    case 'lateral-function':
      return placeRowWise(relation, place(relation.input), placement);
    case 'aggregate':
      return placeAggregate(relation, place(relation.input), placement);
    case 'join':
      return placeJoin(relation, place(relation.left), place(relation.right), placement);
    case 'sort':
      return placeSort(relation, place(relation.input), placement);
    case 'distinct':
      return placeDistinct(relation, place(relation.input), placement);
    case 'window':
      return placeWindow(relation, place(relation.input), placement);
    case 'set-operation':
      return placeSetOperation(relation, relation.inputs.map(place), placement);
    case 'with':
      return placeWith(relation, place, placement);
    case 'shared':
      return placeShared(relation, placement);
    case 'asof-join': {
      const left = gather(place(relation.left), placement).relation;
      const right = gather(place(relation.right), placement).relation;
      return { relation: { ...relation, left, right }, distribution: { kind: 'single' } };
    }
    // These depend on the order of the rows, or on rounds over all of them.
    case 'positional-join':
    case 'sample':
    case 'recursive':
    case 'input':
      return inOneTask(relation, placement);
    default:
      return relation satisfies never;
  }
}

function placeRowWise(relation: RowWise, input: Fragment, placement: Placement): Fragment {
  // A row must not get other random values in another attempt or another reader, so they are drawn in one place.
  const there = isVolatileOperator(relation) ? gather(input, placement) : input;
  return {
    relation: { ...relation, input: there.relation },
    distribution: rowWiseDistribution(relation, there.distribution, placement),
  };
}

function rowWiseDistribution(relation: RowWise, distribution: Distribution, placement: Placement): Distribution {
  switch (relation.kind) {
    case 'project': {
      const to = (position: number) =>
        relation.expressions.flatMap((part, index) =>
          part.kind === 'column' && part.index === position ? [index] : [],
        );
      return movedDistribution(distribution, to, placement);
    }
    case 'lateral-function':
      return movedDistribution(distribution, (position) => [relation.output.length + position], placement);
    case 'filter':
    case 'unnest':
      return distribution;
    default:
      return relation satisfies never;
  }
}
