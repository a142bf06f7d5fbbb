/** The only version of DuckDB that the plan format, the wire types and the C binding are tested with. */
export const DUCKDB_VERSION = '1.5.6';
