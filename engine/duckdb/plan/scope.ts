import type { Expression } from '../../plan/expression.ts';
import type { DataType } from '../../plan/types.ts';
import type { JsonObject } from './parse-json.ts';

/** How the references of an expression are understood. */
export interface Scope {
  /** What `BOUND_REF` number `index` is: a column of the operator below, or a parameter inside a lambda. */
  reference(index: number, type: DataType): Expression;
  /** The position of the column that DuckDB names `{table}.{column}`; such names remain below table functions with inputs. */
  binding(table: number, column: number): number;
  /** A name for a lambda parameter that no other has. */
  parameterName(): string;
}

/** Reads an expression of the plan JSON. Readers of a part of expressions take it as an argument. */
export type ReadExpression = (json: JsonObject, scope: Scope) => Expression;
