import type { Expression } from '../../plan/expression.ts';
import type { Relation } from '../../plan/relation.ts';
import { BOOLEAN } from '../../plan/types.ts';

/**
 * Copies the predicates of a filter into the scan below it as pruning. Only filters and plain projections may lie between the two. Only
 * comparisons of columns with constants are copied, because statistics cannot evaluate anything else.
 */
export function withPruning(relation: Relation, predicates: readonly Expression[]): Relation {
  const usable = predicates.map(prunable).filter((predicate) => predicate !== undefined);
  return usable.length === 0 ? relation : push(relation, usable);
}

function push(relation: Relation, predicates: readonly Expression[]): Relation {
  switch (relation.kind) {
    case 'scan': {
      const pruning = predicates
        .map((predicate) => mapColumns(predicate, (index) => columnAt(relation, index)))
        .filter((predicate) => predicate !== undefined);
      return pruning.length === 0 ? relation : { ...relation, pruning: [...relation.pruning, ...pruning] };
    }
    case 'filter':
      return { ...relation, input: push(relation.input, predicates) };
    case 'project': {
      const below = predicates
        .map((predicate) =>
          mapColumns(predicate, (index) => {
            const expression = relation.expressions[index];
            return expression?.kind === 'column' ? expression : undefined;
          }),
        )
        .filter((predicate) => predicate !== undefined);
      return below.length === 0 ? relation : { ...relation, input: push(relation.input, below) };
    }
    default:
      return relation;
  }
}

function columnAt(scan: Extract<Relation, { kind: 'scan' }>, index: number): Expression | undefined {
  const position = scan.output[index];
  const column = position === undefined ? undefined : scan.columns[position];
  return position === undefined || column === undefined
    ? undefined
    : { kind: 'column', index: position, type: column.type };
}

/** Returns a predicate that follows from the given one and that statistics can evaluate. Returns undefined if no such predicate exists. */
function prunable(predicate: Expression): Expression | undefined {
  switch (predicate.kind) {
    case 'comparison': {
      const { left, right } = predicate;
      const fits =
        (left.kind === 'column' && right.kind === 'constant') || (left.kind === 'constant' && right.kind === 'column');
      return fits ? predicate : undefined;
    }
    case 'between': {
      const bounds = [predicate.lower, predicate.upper];
      return predicate.input.kind === 'column' && bounds.every((bound) => bound.kind === 'constant')
        ? predicate
        : undefined;
    }
    case 'operator': {
      const [needle, ...rest] = predicate.inputs;
      if (needle?.kind !== 'column') return undefined;
      const isTest = predicate.operator === 'is null' || predicate.operator === 'is not null';
      const isMember = predicate.operator === 'in' && rest.every((input) => input.kind === 'constant');
      return isTest || isMember ? predicate : undefined;
    }
    case 'conjunction': {
      const inputs = predicate.inputs.map(prunable);
      const known = inputs.filter((input) => input !== undefined);
      // An AND implies each of its inputs. An OR is usable only if all its inputs are.
      if (known.length === 0 || (predicate.operator === 'or' && known.length < inputs.length)) return undefined;
      const [only] = known;
      return known.length === 1
        ? only
        : { kind: 'conjunction', operator: predicate.operator, inputs: known, type: BOOLEAN };
    }
    default:
      return undefined;
  }
}

/** Maps a prunable predicate to other columns. Returns undefined if a column has no counterpart. */
function mapColumns(expression: Expression, column: (index: number) => Expression | undefined): Expression | undefined {
  const map = (child: Expression): Expression | undefined => mapColumns(child, column);
  switch (expression.kind) {
    case 'column':
      return column(expression.index);
    case 'constant':
      return expression;
    case 'comparison': {
      const [left, right] = [map(expression.left), map(expression.right)];
      return left === undefined || right === undefined ? undefined : { ...expression, left, right };
    }
    case 'between': {
      const input = map(expression.input);
      return input === undefined ? undefined : { ...expression, input };
    }
    case 'operator':
    case 'conjunction': {
      const inputs = expression.inputs.map(map).filter((input) => input !== undefined);
      return inputs.length < expression.inputs.length ? undefined : { ...expression, inputs };
    }
    default:
      return undefined;
  }
}
