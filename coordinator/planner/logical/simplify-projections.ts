import { isVolatile, substituteColumns } from '../../../engine/plan/columns.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { mapInputs } from '../../../engine/plan/transform.ts';

type Project = Extract<Relation, { kind: 'project' }>;

/**
 * Removes projections that only select or reorder columns: those that change nothing, those directly above a scan, and those directly above
 * or below another projection. Column pruning and two-phase aggregates create many such projections.
 *
 *     project a + b              project a + b
 *       project b, a       ->      filter b < 5
 *         filter b < 5               scan t [a b]
 *           project a, b
 *             scan t [a b c]
 */
export function simplifyProjections(relation: Relation): Relation {
  const simplified = mapInputs(relation, simplifyProjections);
  return simplified.kind === 'project' ? simplifyProject(simplified) : simplified;
}

function simplifyProject(project: Project): Relation {
  const { input, expressions } = project;
  const columns = positionsOf(expressions);
  if (columns !== undefined && isIdentity(columns, input.types.length)) return input;
  if (input.kind === 'scan' && columns !== undefined) {
    const output = columns.flatMap((position) => input.output[position] ?? []);
    return { ...input, types: project.types, output };
  }
  if (input.kind !== 'project') return project;
  const passesOn = columns !== undefined && new Set(columns).size === columns.length;
  const isPassedTo = positionsOf(input.expressions) !== undefined && !expressions.some(isVolatile);
  if (!passesOn && !isPassedTo) return project;
  const merged = expressions.map((expression) => substituteColumns(expression, input.expressions));
  return simplifyProject({ ...project, input: input.input, expressions: merged });
}

/** Returns the positions of the columns, or `undefined` if an expression is not a plain column. */
function positionsOf(expressions: readonly Expression[]): readonly number[] | undefined {
  const positions = expressions.flatMap((expression) => (expression.kind === 'column' ? [expression.index] : []));
  return positions.length === expressions.length ? positions : undefined;
}

function isIdentity(positions: readonly number[], width: number): boolean {
  return positions.length === width && positions.every((from, to) => from === to);
}
