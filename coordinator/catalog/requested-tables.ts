import { FabricError } from '../../engine/errors.ts';
import type { RequestedTable } from '../scheduler/job.ts';
import { type Catalog, type CatalogTable, tableOfLocations } from './discover.ts';
import type { TableFormat } from './formats.ts';

/** The formats that a requested table may name. */
const FORMATS: readonly TableFormat[] = ['parquet', 'csv', 'json'];

/** Throws `INPUT_INVALID` if a requested table names an unknown format. */
export function checkTables(requested: readonly RequestedTable[]): void {
  for (const table of requested) formatOf(table);
}

/**
 * The catalog with a request's own tables, which hide others of the same name. Rejects as `tableOfLocations` does (so that their files lie
 * in allowed locations) and as `checkTables` does.
 */
export async function withTables(catalog: Catalog, requested: readonly RequestedTable[]): Promise<Catalog> {
  if (requested.length === 0) return catalog;
  const own = await Promise.all(requested.map((table) => requestedTable(table, catalog)));
  const names = new Set(own.map(({ name }) => name.toLowerCase()));
  const isHidden = ({ name }: { readonly name: string }) => names.has(name.toLowerCase());
  return {
    ...catalog,
    tables: [...catalog.tables.filter((table) => !isHidden(table)), ...own],
    unreadable: catalog.unreadable.filter((table) => !isHidden(table)),
  };
}

function requestedTable(table: RequestedTable, { inputs }: Catalog): Promise<CatalogTable> {
  return tableOfLocations(table.name, table.locations, formatOf(table), inputs);
}

/** Throws `INPUT_INVALID`. */
function formatOf({ name, format }: RequestedTable): TableFormat | undefined {
  const known = FORMATS.find((each) => each === format);
  if (format !== undefined && known === undefined) {
    const message = `Table ${name}: unknown format "${format}". Use one of: ${FORMATS.join(', ')}.`;
    throw new FabricError('INPUT_INVALID', message, { details: { table: name } });
  }
  return known;
}
