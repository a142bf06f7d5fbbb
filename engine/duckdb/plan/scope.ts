import type { Expression } from '../../plan/expression.ts';
import type { DataType } from '../../plan/types.ts';
import type { JsonObject } from './parse-json.ts';

/** Resolves the references in an expression. */
export interface Scope {
  /** Resolves `BOUND_REF` number `index` to a column of the operator below or to a lambda parameter. */
  reference(index: number, type: DataType): Expression;
  /** Returns the position of the column `{table}.{column}`. Such references remain below table functions with inputs. */
  binding(table: number, column: number): number;
  /** Returns a unique name for a lambda parameter. */
  parameterName(): string;
}

/**
 * Reads an expression of the plan JSON. The readers of individual expressions receive it as a parameter, so that they do not import the
 * reader of all expressions.
 */
export type ReadExpression = (json: JsonObject, scope: Scope) => Expression;
