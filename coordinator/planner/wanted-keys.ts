import { column } from '../../engine/plan/columns.ts';
import type { Expression } from '../../engine/plan/expression.ts';
import { inputsOf, type Relation, type SharedId } from '../../engine/plan/relation.ts';
import { sameType } from '../../engine/plan/types.ts';

/** Positions of columns that an operator would have its rows partitioned on; any subset of them would do as well. */
type Wish = readonly number[];

/**
 * The columns on which to partition a definition once, so that none of its readers has to do it again; `undefined` where they do not
 * agree on any, or one of them has no wish.
 */
export function wantedKeys(body: Relation, id: SharedId, types: Relation['types']): readonly Expression[] | undefined {
  const wishes: (Wish | undefined)[] = [];
  collectWishes(body, undefined, id, wishes);
  const [first, ...others] = wishes.map((wish) => new Set(wish ?? []));
  if (first === undefined) return undefined;
  const agreed = [...first].filter((position) => others.every((other) => other.has(position)));
  if (agreed.length === 0) return undefined;
  return agreed
    .sort((left, right) => left - right)
    .flatMap((position) => {
      const type = types[position];
      return type === undefined ? [] : [column(position, type)];
    });
}

/** Takes the wish of the operators above, in columns of `relation`, down to every reader of the definition. */
function collectWishes(relation: Relation, wish: Wish | undefined, id: SharedId, wishes: (Wish | undefined)[]): void {
  const pass = (input: Relation, own: Wish | undefined) => collectWishes(input, own, id, wishes);
  switch (relation.kind) {
    case 'shared':
      if (relation.id === id) wishes.push(wish);
      return;
    case 'project':
      pass(relation.input, wish === undefined ? undefined : columnsAmong(wish.map((at) => relation.expressions[at])));
      return;
    case 'filter':
      pass(relation.input, wish);
      return;
    case 'aggregate':
      pass(relation.input, columnsAmong(relation.groups));
      return;
    case 'distinct':
      pass(relation.input, columnsAmong(relation.on ?? relation.types.map((type, index) => column(index, type))));
      return;
    case 'join': {
      const equalities = relation.conditions.filter(
        ({ operator, left, right }) =>
          (operator === '=' || operator === 'is not distinct from') && sameType(left.type, right.type),
      );
      pass(relation.left, columnsAmong(equalities.map((condition) => condition.left)));
      pass(relation.right, columnsAmong(equalities.map((condition) => condition.right)));
      return;
    }
    default:
      for (const input of inputsOf(relation)) pass(input, undefined);
  }
}

/** The columns among some expressions; `undefined` if there are none. */
function columnsAmong(expressions: readonly (Expression | undefined)[]): Wish | undefined {
  const positions = expressions.flatMap((expression) => (expression?.kind === 'column' ? [expression.index] : []));
  return positions.length > 0 ? positions : undefined;
}
