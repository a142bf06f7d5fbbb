import { FabricError } from '../../engine/errors.ts';
import { foldName } from '../../engine/plan/fold-name.ts';
import type { RequestedTable } from '../scheduler/job.ts';
import { type Catalog, type CatalogTable, tableOfLocations } from './discover.ts';
import type { TableFormat } from './formats.ts';

/** The formats that a requested table may have. */
const FORMATS: readonly TableFormat[] = ['parquet', 'csv', 'json'];

/** Throws `INPUT_INVALID` if a requested table has an unknown format. */
export function checkTables(requested: readonly RequestedTable[]): void {
  for (const table of requested) formatOf(table);
}

/**
 * Adds a request's own tables to a catalog. They hide catalog tables of the same name. Rejects with the errors of `checkTables` and of
 * `tableOfLocations`, which requires that the files lie in allowed locations.
 */
export async function withTables(catalog: Catalog, requested: readonly RequestedTable[]): Promise<Catalog> {
  if (requested.length === 0) return catalog;
  const own = await Promise.all(requested.map((table) => requestedTable(table, catalog)));
  const names = new Set(own.map(({ name }) => foldName(name)));
  const isHidden = ({ name }: { readonly name: string }) => names.has(foldName(name));
  return {
    ...catalog,
    tables: [...catalog.tables.filter((table) => !isHidden(table)), ...own],
    unreadable: catalog.unreadable.filter((table) => !isHidden(table)),
  };
}

function requestedTable(table: RequestedTable, { inputs }: Catalog): Promise<CatalogTable> {
  return tableOfLocations(table.name, table.locations, formatOf(table), inputs);
}

/** Returns the format of a requested table. Throws `INPUT_INVALID` if the format is unknown. */
function formatOf({ name, format }: RequestedTable): TableFormat | undefined {
  const known = FORMATS.find((each) => each === format);
  if (format !== undefined && known === undefined) {
    const message = `Table ${name}: unknown format "${format}". Use one of: ${FORMATS.join(', ')}.`;
    throw new FabricError('INPUT_INVALID', message, { details: { table: name } });
  }
  return known;
}
