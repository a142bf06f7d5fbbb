/** The format of a table's files. */
export type TableFormat = 'parquet' | 'csv' | 'json' | 'arrow';

const FORMATS: Readonly<Record<string, TableFormat>> = {
  parquet: 'parquet',
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  ndjson: 'json',
  jsonl: 'json',
  arrow: 'arrow',
  arrows: 'arrow',
  feather: 'arrow',
};

const COMPRESSION = /\.(gz|zst)$/i;

/** Returns the table name and format that a file name implies, or `undefined` if the extension is unknown. Text files may be compressed. */
export function fileFormat(fileName: string): { readonly table: string; readonly format: TableFormat } | undefined {
  const isCompressed = COMPRESSION.test(fileName);
  const [, table, extension] = /^(.+)\.([a-z]+)$/i.exec(fileName.replace(COMPRESSION, '')) ?? [];
  const format = FORMATS[extension?.toLowerCase() ?? ''];
  if (table === undefined || format === undefined) return undefined;
  return isCompressed && (format === 'parquet' || format === 'arrow') ? undefined : { table, format };
}

/**
 * Returns whether a name in FROM that is not a table refers to files. It does if it is a path, a glob, or a name with a known extension.
 */
export function looksLikeFile(name: string): boolean {
  return /[/*?]/.test(name) || fileFormat(name) !== undefined;
}
