import { aggregateExpressions, column, isVolatile, windowExpressions } from './columns.ts';
import type { Expression } from './expression.ts';
import { inputsOf, type Relation } from './relation.ts';

/** Returns the operator with `change` applied to its inputs. A changed input must have the same columns as the input it replaces. */
export function mapInputs(relation: Relation, change: (input: Relation) => Relation): Relation {
  switch (relation.kind) {
    case 'scan':
    case 'table-function':
    case 'values':
    case 'shared':
    case 'input':
      return relation;
    case 'project':
    case 'filter':
    case 'aggregate':
    case 'sort':
    case 'distinct':
    case 'window':
    case 'unnest':
    case 'sample':
    case 'lateral-function':
      return { ...relation, input: change(relation.input) };
    case 'join':
    case 'asof-join':
    case 'positional-join':
      return { ...relation, left: change(relation.left), right: change(relation.right) };
    case 'set-operation':
      return { ...relation, inputs: relation.inputs.map(change) };
    case 'with':
      return { ...relation, definition: change(relation.definition), body: change(relation.body) };
    case 'recursive':
      return { ...relation, anchor: change(relation.anchor), step: change(relation.step) };
    default:
      return relation satisfies never;
  }
}

/** Returns the expressions of one operator, excluding those of its inputs. The operator determines which columns they read. */
function expressionsOf(relation: Relation): readonly Expression[] {
  switch (relation.kind) {
    case 'scan':
      return [...relation.filters, ...relation.pruning];
    case 'table-function':
    case 'lateral-function':
      return relation.arguments;
    case 'values':
      return relation.rows.flat();
    case 'project':
      return relation.expressions;
    case 'filter':
      return relation.predicates;
    case 'aggregate':
      return [...relation.groups, ...relation.aggregates.flatMap(aggregateExpressions)];
    case 'join':
    case 'asof-join':
      return [
        ...relation.conditions.flatMap((condition) => [condition.left, condition.right]),
        ...(relation.residual === undefined ? [] : [relation.residual]),
      ];
    case 'sort':
      return relation.keys.map((key) => key.expression);
    case 'distinct':
      return [...(relation.on ?? []), ...relation.orderBy.map((key) => key.expression)];
    case 'window':
      return relation.calls.flatMap(windowExpressions);
    case 'unnest':
      return relation.lists;
    case 'set-operation':
    case 'with':
    case 'recursive':
    case 'shared':
    case 'input':
    case 'positional-join':
    case 'sample':
      return [];
    default:
      return relation satisfies never;
  }
}

/** Returns whether an operator may return different rows on another run over the same input. Its inputs are not examined. */
export function isVolatileOperator(relation: Relation): boolean {
  return relation.kind === 'sample' || expressionsOf(relation).some(isVolatile);
}

/** Calls `visit` for a relation and everything below it, parents first. */
export function walk(relation: Relation, visit: (relation: Relation) => void): void {
  visit(relation);
  for (const input of inputsOf(relation)) walk(input, visit);
}

/** Returns the optimizer's estimate for a relation, to spread into a relation with the same number of rows. */
export function sameEstimate(relation: Relation): { readonly estimatedRows?: number } {
  return relation.estimatedRows === undefined ? {} : { estimatedRows: relation.estimatedRows };
}

/** Reduces a relation to the columns at `positions`, in that order. Returns the relation itself if that changes nothing. */
export function selectColumns(relation: Relation, positions: readonly number[]): Relation {
  const unchanged = positions.length === relation.types.length && positions.every((from, to) => from === to);
  if (unchanged) return relation;
  const types = positions.map((position) => typeAt(relation, position));
  if (relation.kind === 'project') {
    const expressions = positions.flatMap((position) => relation.expressions[position] ?? []);
    return { ...relation, types, expressions };
  }
  const expressions = positions.map((position) => column(position, typeAt(relation, position)));
  return { kind: 'project', types, ...sameEstimate(relation), input: relation, expressions };
}

/** Returns the type of a column of a relation. */
function typeAt(relation: Relation, position: number): Relation['types'][number] {
  const type = relation.types[position];
  if (type === undefined) throw new RangeError(`Relation ${relation.kind} has no column ${position}.`);
  return type;
}
