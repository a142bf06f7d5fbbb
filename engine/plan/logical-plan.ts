import type { Relation } from './relation.ts';
import type { PlanTable } from './stage.ts';
import type { DataType } from './types.ts';

/** A query, bound and optimized, before distribution. Scans refer to their table by its index in `tables`; no two scans share a table. */
export interface LogicalPlan {
  readonly root: Relation;
  readonly tables: readonly PlanTable[];
  /** The names and types of the result's columns, as DuckDB returns them. Names may repeat. */
  readonly columns: readonly { readonly name: string; readonly type: DataType }[];
  readonly timeZone: string;
}
