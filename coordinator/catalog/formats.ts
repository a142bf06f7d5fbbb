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

/** The table name and format that a file's name implies. Text may be compressed. Undefined if the extension is unknown. */
export function fileFormat(fileName: string): { readonly table: string; readonly format: TableFormat } | undefined {
  const isCompressed = COMPRESSION.test(fileName);
  const [, table, extension] = /^(.+)\.([a-z]+)$/i.exec(fileName.replace(COMPRESSION, '')) ?? [];
  const format = FORMATS[extension?.toLowerCase() ?? ''];
  if (table === undefined || format === undefined) return undefined;
  return isCompressed && (format === 'parquet' || format === 'arrow') ? undefined : { table, format };
}

/** Returns whether a name in FROM that is not a table is a file: a path, a glob, or a name with the extension of a format. */
export function looksLikeFile(name: string): boolean {
  return /[/*?]/.test(name) || fileFormat(name) !== undefined;
}
