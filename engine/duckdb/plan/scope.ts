import type { Expression } from '../../plan/expression.ts';
import type { DataType } from '../../plan/types.ts';
import type { JsonObject } from './parse-json.ts';

/** Resolves the references in an expression. */
export interface Scope {
  /** Resolves `BOUND_REF` number `index`: a column of the operator below, or a lambda parameter. */
  reference(index: number, type: DataType): Expression;
  /** The position of the column `{table}.{column}`. Such names remain below table functions with inputs. */
  binding(table: number, column: number): number;
  /** A unique name for a lambda parameter. */
  parameterName(): string;
}

/** Reads an expression of the plan JSON. Passed to the readers of its parts, so that they do not depend on all expressions. */
export type ReadExpression = (json: JsonObject, scope: Scope) => Expression;
