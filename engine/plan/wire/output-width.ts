import type { Relation } from '../relation.ts';

/**
 * Returns the number of columns that a relation must have according to its parts. Returns undefined if another stage, a shared definition
 * or, for constant rows, only the relation's types determine the number.
 */
export function outputWidth(relation: Relation): number | undefined {
  switch (relation.kind) {
    case 'scan':
    case 'table-function':
      return relation.output.length;
    case 'project':
      return relation.expressions.length;
    case 'filter':
    case 'sort':
    case 'distinct':
    case 'sample':
      return relation.input.types.length;
    case 'aggregate':
      return relation.groups.length + relation.aggregates.length + relation.groupingCalls.length;
    case 'join':
    case 'asof-join':
      return joinWidth(relation);
    case 'positional-join':
      return relation.left.types.length + relation.right.types.length;
    case 'window':
      return relation.input.types.length + relation.calls.length;
    case 'unnest':
      return relation.input.types.length + relation.lists.length;
    case 'lateral-function':
      return relation.output.length + relation.input.types.length;
    case 'set-operation':
      return relation.inputs[0]?.types.length;
    case 'with':
      return relation.body.types.length;
    case 'recursive':
      return relation.anchor.types.length;
    case 'values':
    case 'shared':
    case 'input':
      return undefined;
    default:
      return relation satisfies never;
  }
}

function joinWidth(join: Extract<Relation, { kind: 'join' | 'asof-join' }>): number {
  switch (join.joinType) {
    case 'inner':
    case 'left':
    case 'right':
    case 'full':
    case 'single':
      return join.outputLeft.length + join.outputRight.length;
    case 'semi':
    case 'anti':
      return join.outputLeft.length;
    case 'right-semi':
    case 'right-anti':
      return join.outputRight.length;
    case 'mark':
      return join.outputLeft.length + 1;
    default:
      return join satisfies never;
  }
}
