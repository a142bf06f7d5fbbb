/** The one version of DuckDB that the plan format, the wire types and the binding are known to hold for. */
export const DUCKDB_VERSION = '1.5.6';
