import { FabricError } from '../../errors.ts';
import { foldName } from '../../plan/fold-name.ts';
import type { Relation, ScanColumn, ScanFormat } from '../../plan/relation.ts';
import { joinRanges, type RowRange } from '../../plan/row-ranges.ts';
import { BIGINT, type DataType, quoteIdentifier, quoteLiteral, scalar, typeSql } from '../../plan/types.ts';
import { partitionFolders } from '../../scan/partition-folders.ts';
import { castSql, nullSql } from './constants.ts';
import type { RenderContext, Source, SourceFile } from './context.ts';
import { allOf, expressionSql } from './expressions.ts';

type Scan = Extract<Relation, { kind: 'scan' }>;
type PartitionColumn = Extract<ScanColumn, { kind: 'partition' }>;

/** Rows `[start, end)` of one file, or all rows of several files. */
type Read =
  | { readonly kind: 'files'; readonly files: readonly SourceFile[] }
  | { readonly kind: 'rows'; readonly file: SourceFile; readonly rows: RowRange };

/** Renders a scan of a task's files. Whole files share one reader. Each run of row groups has its own reader. */
export function scanSql(scan: Scan, context: RenderContext): string {
  const source = context.source(scan.table);
  const reads = readsOf(source.files);
  if (reads.length === 0) {
    return `SELECT ${scan.types.map((type, index) => `${nullSql(type)} AS c${index}`).join(', ')} WHERE false`;
  }
  return reads.map((read) => readSql(scan, source, read)).join(' UNION ALL ');
}

function readsOf(files: readonly SourceFile[]): readonly Read[] {
  const whole = files.filter(({ rows }) => rows === undefined);
  const parts = joinRanges(
    files.filter(({ rows }) => rows !== undefined),
    { fileOf: ({ path }) => path, join: (first, _second, rows) => ({ ...first, rows }) },
  );
  return [
    ...(whole.length > 0 ? [{ kind: 'files', files: whole } as const] : []),
    ...parts.flatMap((file) => (file.rows === undefined ? [] : [{ kind: 'rows', file, rows: file.rows } as const])),
  ];
}

function readSql(scan: Scan, source: Source, read: Read): string {
  const files = read.kind === 'files' ? read.files : [read.file];
  const column = (index: number): string => columnSql(scan.columns[index], scan.format, files);
  const output = scan.output.map((position, index) => `${column(position)} AS c${index}`);
  const predicates = scan.filters.map((filter) => expressionSql(filter, column));
  if (read.kind === 'rows') {
    if (scan.format.kind !== 'parquet') throw new FabricError('INTERNAL', 'Only Parquet files can be read in parts.');
    predicates.unshift(`t.file_row_number >= ${read.rows.start}`, `t.file_row_number < ${read.rows.end}`);
  }
  const where = predicates.length > 0 ? ` WHERE ${allOf(predicates)}` : '';
  return `SELECT ${output.join(', ') || '1 AS c0'} FROM ${readerSql(scan.format, source, files)} AS t${where}`;
}

function columnSql(column: ScanColumn | undefined, format: ScanFormat, files: readonly SourceFile[]): string {
  if (column === undefined) throw new FabricError('INTERNAL', 'A scan returns a column that it does not read.');
  switch (column.kind) {
    case 'table':
      // The column's type in a file may differ from its type in the table.
      return castSql(unbounded(`t.${quoteIdentifier(column.name)}`, column.type, format), column.type);
    case 'partition':
      return byFile(files, column.type, (file) => partitionValue(file.location, column));
    case 'virtual': {
      const { name } = column;
      switch (name) {
        case 'filename':
          return byFile(files, column.type, (file) => file.location);
        case 'file_index':
          return byFile(files, column.type, (file) => String(file.fileIndex));
        case 'file_row_number':
          if (format.kind === 'parquet') return castSql('t.file_row_number', column.type);
          throw new FabricError('PLAN_UNSUPPORTED', `file_row_number is not available for ${format.kind} files.`);
        default:
          return name satisfies never;
      }
    }
    case 'none':
      return nullSql(column.type);
    default:
      return column satisfies never;
  }
}

/**
 * Renders a Parquet column so that DuckDB skips no row group that contains NaN. The bounds in footers exclude NaN, but DuckDB 1.5.6 still
 * skips row groups by them. `greatest` with one argument returns the argument, and the optimizer pushes no filter through the call.
 * `prune-row-groups.ts` allows for NaN.
 */
function unbounded(sql: string, type: DataType, format: ScanFormat): string {
  return format.kind === 'parquet' && holdsFloats(type) ? `greatest(${sql})` : sql;
}

/**
 * Returns whether a type contains floats by which DuckDB skips row groups. DuckDB uses the fields of structs, but not the elements of lists
 * and maps.
 */
function holdsFloats(type: DataType): boolean {
  if (type.kind === 'struct') return type.fields.some((field) => holdsFloats(field.type));
  return type.kind === 'scalar' && (type.name === 'FLOAT' || type.name === 'DOUBLE');
}

/** Renders a value that is constant within each file. If it differs between files, the reader's file index selects it from a list. */
function byFile(files: readonly SourceFile[], type: DataType, value: (file: SourceFile) => string | null): string {
  const literals = files.map((file) => {
    const text = value(file);
    return text === null ? 'NULL' : quoteLiteral(text);
  });
  const [only] = literals;
  const isConstant = only !== undefined && literals.every((literal) => literal === only);
  return castSql(isConstant ? only : `([${literals.join(', ')}])[CAST(t.file_index AS BIGINT) + 1]`, type);
}

/** Hive's name for a partition value of NULL. */
const NULL_PARTITION = '__HIVE_DEFAULT_PARTITION__';

function partitionValue(location: string, { name, type }: PartitionColumn): string | null {
  const value = partitionFolders(location).get(name);
  if (value === undefined)
    throw new FabricError('INPUT_INVALID', `The location ${location} does not contain the partition column ${name}.`);
  if (value === NULL_PARTITION || foldName(value) === 'null') return null;
  return value === '' && !isText(type) ? null : withoutEscapes(value);
}

function isText(type: DataType): boolean {
  return type.kind === 'scalar' && type.name === 'VARCHAR';
}

/** Decodes percent escapes as UTF-8 bytes. Keeps a `%` that does not begin an escape, whereas `decodeURIComponent` would throw. */
function withoutEscapes(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString());
}

function readerSql(format: ScanFormat, source: Source, files: readonly SourceFile[]): string {
  const paths = `[${files.map((file) => quoteLiteral(file.path)).join(', ')}]`;
  switch (format.kind) {
    case 'parquet':
      return format.unionByName === true
        ? unitedSql(paths, source)
        : `read_parquet(${paths}, hive_partitioning = false)`;
    case 'csv': {
      const dialect = format.options;
      const options = [
        'auto_detect = false',
        'hive_partitioning = false',
        `header = ${dialect.header}`,
        `delim = ${quoteLiteral(dialect.delimiter)}`,
        `quote = ${quoteLiteral(dialect.quote)}`,
        `escape = ${quoteLiteral(dialect.escape)}`,
        `nullstr = ${quoteLiteral(dialect.nullText)}`,
        `columns = ${columnsSql(source)}`,
      ];
      return `read_csv(${paths}, ${options.join(', ')})`;
    }
    case 'json': {
      const layout = format.layout === 'array' ? 'array' : 'newline_delimited';
      const options = ['hive_partitioning = false', `format = '${layout}'`, `columns = ${columnsSql(source)}`];
      return `read_json(${paths}, ${options.join(', ')})`;
    }
    default:
      return format satisfies never;
  }
}

function columnsSql(source: Source): string {
  const columns = source.columns.map(({ name, type }) => `${quoteLiteral(name)}: ${quoteLiteral(typeSql(type))}`);
  return `{${columns.join(', ')}}`;
}

/**
 * Renders a reader for files that may each lack some columns. An empty relation with the table's columns comes first and supplies the
 * columns that all files lack.
 */
function unitedSql(paths: string, source: Source): string {
  const counters = [
    { name: 'file_row_number', type: BIGINT },
    { name: 'file_index', type: scalar('UBIGINT') },
  ];
  const nulls = [...source.columns, ...counters].map(
    ({ name, type }) => `${nullSql(type)} AS ${quoteIdentifier(name)}`,
  );
  const reader = `read_parquet(${paths}, union_by_name = true, hive_partitioning = false)`;
  const names = counters.map(({ name }) => name).join(', ');
  return `(SELECT ${nulls.join(', ')} WHERE false UNION ALL BY NAME SELECT *, ${names} FROM ${reader})`;
}
