import type { Relation } from './relation.ts';
import type { PlanTable } from './stage.ts';
import type { DataType } from './types.ts';

/** One query, bound and optimized, before it is distributed. Scans name their table by its index in `tables`; every scan has a table of its own. */
export interface LogicalPlan {
  readonly root: Relation;
  readonly tables: readonly PlanTable[];
  /** The names and types of the result's columns, as DuckDB gives them. Names may repeat. */
  readonly columns: readonly { readonly name: string; readonly type: DataType }[];
  readonly timeZone: string;
}
