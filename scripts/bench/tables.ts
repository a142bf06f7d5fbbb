/** Checks that a folder has the tables that the benchmark's queries read. */
import { createCatalog } from '../../coordinator/catalog/discover.ts';

const TPCH_TABLES = ['customer', 'lineitem', 'nation', 'orders', 'part', 'partsupp', 'region', 'supplier'];

/** Returns the TPC-H tables that a query reads. No query uses the name of a table for anything else. */
function tablesOf(sql: string): readonly string[] {
  return TPCH_TABLES.filter((table) => new RegExp(`\\b${table}\\b`, 'i').test(sql));
}

/** Rejects if the folder has no Volley table for a table that a query reads. The message names the missing tables. */
export async function checkTables(data: string, queries: readonly { readonly sql: string }[]): Promise<void> {
  const { tables } = await createCatalog({ data: [data], tables: [], workingFolder: process.cwd() });
  const found = new Set(tables.map(({ name }) => name.toLowerCase()));
  const missing = TPCH_TABLES.filter(
    (table) => !found.has(table) && queries.some(({ sql }) => tablesOf(sql).includes(table)),
  );
  if (missing.length === 0) return;
  const noun = missing.length === 1 ? 'TPC-H table' : 'TPC-H tables';
  throw new Error(
    `The folder ${data} lacks the ${noun} ${missing.join(', ')}. Each table must be a file or a folder of files with its name.`,
  );
}
