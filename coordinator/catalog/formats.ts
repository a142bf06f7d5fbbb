/** How the files of a table are written. */
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

/** What a file's name says: the table it makes and its format. Compressed text is read as it is. Undefined where the name says nothing. */
export function fileFormat(fileName: string): { readonly table: string; readonly format: TableFormat } | undefined {
  const isCompressed = COMPRESSION.test(fileName);
  const [, table, extension] = /^(.+)\.([a-z]+)$/i.exec(fileName.replace(COMPRESSION, '')) ?? [];
  const format = FORMATS[extension?.toLowerCase() ?? ''];
  if (table === undefined || format === undefined) return undefined;
  return isCompressed && (format === 'parquet' || format === 'arrow') ? undefined : { table, format };
}

/** Whether a name in FROM that is no table's means a file: a path, a glob, or a name with the extension of a format. */
export function looksLikeFile(name: string): boolean {
  return /[/*?]/.test(name) || fileFormat(name) !== undefined;
}
