import type { Relation } from './relation.ts';
import type { PlanTable } from './stage.ts';
import type { DataType } from './types.ts';

/** A bound and optimized query before distribution. A scan refers to its table by the index in `tables`. No two scans share a table. */
export interface LogicalPlan {
  readonly root: Relation;
  readonly tables: readonly PlanTable[];
  /** The names and types of the result's columns, as DuckDB returns them. Names may repeat. */
  readonly columns: readonly { readonly name: string; readonly type: DataType }[];
  readonly timeZone: string;
}
