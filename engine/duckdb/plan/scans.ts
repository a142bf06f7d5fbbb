import type { Expression } from '../../plan/expression.ts';
import type { Relation, ScanColumn, ScanFormat } from '../../plan/relation.ts';
import type { PlanTable } from '../../plan/stage.ts';
import { BIGINT, BOOLEAN, scalar, VARCHAR } from '../../plan/types.ts';
import { partitionFolders } from '../../scan/partition-folders.ts';
import {
  countField,
  countOf,
  flagField,
  integerField,
  listField,
  objectField,
  objectsField,
  optionalField,
  refuseOtherKeys,
  textField,
  textOf,
  unsupported,
} from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import { type BoundRelation, constantScope, type PlanReading, type ResolvedFile } from './reading.ts';
import type { Scope } from './scope.ts';
import { readTableFilter } from './table-filters.ts';
import { readType } from './types.ts';

/** The virtual columns by DuckDB's column id. */
const VIRTUAL_COLUMNS: ReadonlyMap<bigint, ScanColumn> = new Map([
  [9223372036854775808n, { kind: 'virtual', name: 'filename', type: VARCHAR }],
  [9223372036854775809n, { kind: 'virtual', name: 'file_row_number', type: BIGINT }],
  [9223372036854775810n, { kind: 'virtual', name: 'file_index', type: scalar('UBIGINT') }],
  /** A placeholder for scans that need the number of rows but no column. */
  [18446744073709551614n, { kind: 'none', type: BOOLEAN }],
]);

const FUNCTION_DATA_KEYS = new Set(['files', 'types', 'names', 'parquet_options']);
const PARQUET_OPTION_KEYS = new Set(['file_row_number', 'file_options']);
const FILE_OPTION_KEYS = new Set([
  'filename',
  'filename_column',
  'hive_partitioning',
  'auto_detect_hive_partitioning',
  'hive_types_autocast',
  'hive_types_schema',
  'union_by_name',
]);

type Scan = Extract<Relation, { kind: 'scan' }>;

/** Reads a GET over Parquet files. It becomes a scan of its own table. */
export function readParquetScan(node: JsonObject, reading: PlanReading): BoundRelation {
  const layout = readLayout(node);
  const files = listField(objectField(node, 'function_data'), 'files').map((path) =>
    reading.resolveFile(textOf(path, 'an input file')),
  );
  const wanted = objectsField(node, 'column_indexes').map((entry) => readColumnId(entry, layout));
  const columns: ScanColumn[] =
    wanted.length > 0 ? wanted.map(({ column }) => column) : [{ kind: 'none', type: BOOLEAN }];
  const ids = wanted.map(({ id }) => id);
  const scope = constantScope(reading);
  const filters: Expression[] = [];
  const pruning: Expression[] = [];
  for (const filter of objectsField(optionalField(node, 'table_filters') ?? {}, 'filters')) {
    const id = integerField(filter, 'key');
    let position = ids.indexOf(id);
    if (position < 0) {
      position = columns.push(layout.column(id)) - 1;
      ids.push(id);
    }
    addFilter(objectField(filter, 'value'), columnAt(columns, position), scope, filters, pruning);
  }
  const projected = listField(node, 'projection_ids').map((position) => countOf(position, 'GET'));
  const output =
    projected.length > 0 ? projected : Array.from({ length: Math.max(wanted.length, 1) }, (_, index) => index);
  const types = output.map((position) => columnAt(columns, position).type);
  const bindings = output.map((position) => `${countField(node, 'table_index')}.${position}`);
  // Filters on partition folders can remove all files when the statement is bound.
  if (files.length === 0) return { relation: { kind: 'values', rows: [], types }, bindings };
  const relation: Scan = {
    kind: 'scan',
    table: reading.tables.push(planTable(files, layout)) - 1,
    format: scanFormat(files, layout),
    columns,
    filters,
    pruning,
    output,
    types,
  };
  return { relation, bindings };
}

/** The columns of a GET. They are columns of the files, partition columns or virtual columns. */
interface Layout {
  readonly unionByName: boolean;
  readonly columns: readonly ScanColumn[];
  column(id: bigint): ScanColumn;
}

function readLayout(node: JsonObject): Layout {
  const data = objectField(node, 'function_data');
  refuseOtherKeys(data, 'read_parquet', FUNCTION_DATA_KEYS);
  const parquet = optionalField(data, 'parquet_options') ?? {};
  refuseOtherKeys(parquet, 'read_parquet', PARQUET_OPTION_KEYS);
  const options = optionalField(parquet, 'file_options') ?? {};
  refuseOtherKeys(options, 'read_parquet', FILE_OPTION_KEYS);

  const partitions = partitionNames(data, options);
  const filename = flagField(options, 'filename') ? textField(options, 'filename_column', 'filename') : undefined;
  const rowNumber = flagField(parquet, 'file_row_number') ? 'file_row_number' : undefined;
  const types = listField(node, 'returned_types').map(readType);
  const columns = listField(node, 'names').map((json, index): ScanColumn => {
    const name = textOf(json, 'a column name');
    const type = types[index];
    if (type === undefined) throw unsupported(`the column ${name} without a type`);
    if (partitions.has(name)) return { kind: 'partition', name, type };
    if (name === filename) return { kind: 'virtual', name: 'filename', type };
    if (name === rowNumber) return { kind: 'virtual', name: 'file_row_number', type };
    return { kind: 'table', name, type };
  });
  return {
    unionByName: flagField(options, 'union_by_name'),
    columns,
    column: (id) => {
      const column = VIRTUAL_COLUMNS.get(id) ?? columns[Number(id)];
      if (column === undefined) throw unsupported(`the virtual column ${id}`);
      return column;
    },
  };
}

/**
 * Returns the names of the partition columns. DuckDB's types omit a key whose value is NULL in every folder, so keys are also read from the
 * path of the first file. Every file has the same keys.
 */
function partitionNames(data: JsonObject, options: JsonObject): ReadonlySet<string> {
  const names = new Set(objectsField(options, 'hive_types_schema').map((entry) => textField(entry, 'key')));
  const [first] = listField(data, 'files');
  if (first === undefined || !flagField(options, 'hive_partitioning')) return names;
  return new Set([...names, ...partitionFolders(textOf(first, 'a file')).keys()]);
}

/**
 * Reads an entry of `column_indexes`. Its `child_indexes` only list the struct fields that the query reads. The result is the whole struct
 * column.
 */
function readColumnId(entry: JsonObject, layout: Layout): { readonly id: bigint; readonly column: ScanColumn } {
  refuseOtherKeys(entry, 'a scanned column', new Set(['index', 'child_indexes']));
  const id = integerField(entry, 'index');
  return { id, column: layout.column(id) };
}

function columnAt(columns: readonly ScanColumn[], index: number): Expression {
  const column = columns[index];
  if (column === undefined) throw unsupported(`a scan that returns column ${index} but has ${columns.length} columns`);
  return { kind: 'column', index, type: column.type };
}

function addFilter(
  json: JsonObject,
  column: Expression,
  scope: Scope,
  filters: Expression[],
  pruning: Expression[],
): void {
  const decided = readTableFilter(json, column, 'decided', scope);
  if (decided !== undefined) filters.push(decided);
  if (!mentionsOptional(json)) return;
  const implied = readTableFilter(json, column, 'implied', scope);
  if (implied !== undefined) pruning.push(implied);
}

function mentionsOptional(json: JsonObject): boolean {
  if (textField(json, 'filter_type') === 'OPTIONAL_FILTER') return true;
  const child = optionalField(json, 'child_filter');
  return [...objectsField(json, 'child_filters'), ...(child === undefined ? [] : [child])].some(mentionsOptional);
}

function planTable(files: readonly ResolvedFile[], layout: Layout): PlanTable {
  const [first] = files;
  if (first === undefined) throw unsupported('a scan without files');
  return {
    name: first.table ?? baseName(first.location),
    files: files.map(({ location, identity }) => ({ location, identity })),
    columns: layout.columns.flatMap((column) =>
      column.kind === 'table' ? [{ name: column.name, type: column.type }] : [],
    ),
  };
}

function baseName(location: string): string {
  const name = location.slice(location.lastIndexOf('/') + 1);
  const dot = name.indexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

function scanFormat(files: readonly ResolvedFile[], layout: Layout): ScanFormat {
  const given = files[0]?.format;
  if (given !== undefined && given.kind !== 'parquet') return given;
  return layout.unionByName ? { kind: 'parquet', unionByName: true } : { kind: 'parquet' };
}
