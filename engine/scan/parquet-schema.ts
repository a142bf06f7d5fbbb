import type { FileMetaData } from 'hyparquet';

type SchemaElement = FileMetaData['schema'][number];

/** A top-level column of a Parquet file. A column is the same in two files if its name and type are equal. */
export interface ParquetColumn {
  readonly name: string;
  /** The physical and logical type as text. The text of a struct includes its field names. */
  readonly type: string;
}

/** How reliable minimums and maximums of chunks are converted to values of the column's type. */
export type StatisticsReader =
  | { readonly kind: 'integer' | 'boolean' | 'string' }
  | { readonly kind: 'milliseconds' }
  | { readonly kind: 'decimal'; readonly scale: number };

/** Returns the top-level columns, in order. */
export function parquetColumns(schema: readonly SchemaElement[]): readonly ParquetColumn[] {
  const columns: ParquetColumn[] = [];
  let index = 1;
  while (index < schema.length) {
    const { type, next } = describe(schema, index);
    columns.push({ name: schema[index]?.name ?? '', type });
    index = next;
  }
  return columns;
}

/** Describes the type at `index` as text, and returns the index of the next element outside that type. */
function describe(schema: readonly SchemaElement[], index: number): { readonly type: string; readonly next: number } {
  const element = schema[index];
  if (element === undefined) return { type: '', next: index + 1 };
  const repeated = element.repetition_type === 'REPEATED' ? 'repeated ' : '';
  const logical = logicalName(element);
  if (element.type !== undefined) {
    const length = element.type === 'FIXED_LEN_BYTE_ARRAY' ? `(${element.type_length})` : '';
    return { type: `${repeated}${element.type}${length}${logical === '' ? '' : ` ${logical}`}`, next: index + 1 };
  }
  // Writers choose the names of the inner groups of lists and maps, so the text omits these names. A struct's field
  // names are part of its type.
  const named = logical !== 'LIST' && logical !== 'MAP' && repeated === '';
  const fields: string[] = [];
  let next = index + 1;
  for (let child = 0; child < (element.num_children ?? 0) && next < schema.length; child += 1) {
    const name = schema[next]?.name ?? '';
    const field = describe(schema, next);
    fields.push(named ? `${name} ${field.type}` : field.type);
    next = field.next;
  }
  return { type: `${repeated}${logical === '' ? 'group' : logical}(${fields.join(', ')})`, next };
}

/** Returns the same name for the converted type of old writers and the logical type of new writers. */
function logicalName(element: SchemaElement): string {
  const logical = element.logical_type;
  switch (logical?.type) {
    case 'DECIMAL':
      return `DECIMAL(${logical.precision},${logical.scale})`;
    case 'TIME':
    case 'TIMESTAMP':
      return `${logical.type}_${logical.unit}${logical.isAdjustedToUTC ? ' UTC' : ''}`;
    case 'INTEGER':
      return `${logical.isSigned ? 'INT' : 'UINT'}_${logical.bitWidth}`;
    case 'STRING':
      return 'UTF8';
    case undefined:
      break;
    default:
      return logical?.type ?? '';
  }
  switch (element.converted_type) {
    case undefined:
      return '';
    case 'DECIMAL':
      return `DECIMAL(${element.precision ?? 0},${element.scale ?? 0})`;
    case 'TIMESTAMP_MILLIS':
    case 'TIMESTAMP_MICROS':
    case 'TIME_MILLIS':
    case 'TIME_MICROS':
      return `${element.converted_type} UTC`;
    case 'MAP_KEY_VALUE':
      return 'MAP';
    default:
      return element.converted_type;
  }
}

/** Returns the top-level column of each leaf, in the order of a row group's chunks. */
export function leafColumns(schema: readonly SchemaElement[]): readonly string[] {
  const columns: string[] = [];
  let index = 1;
  while (index < schema.length) {
    const { next } = describe(schema, index);
    const name = schema[index]?.name ?? '';
    for (let leaf = index; leaf < next; leaf += 1) if (schema[leaf]?.type !== undefined) columns.push(name);
    index = next;
  }
  return columns;
}

/**
 * Returns one reader for each leaf column, in the order of a row group's chunks. A reader is undefined if the column's
 * statistics must not be used. This applies to nested and repeated columns, floats (their statistics exclude NaN, which
 * DuckDB sorts last), INT96 and raw bytes.
 */
export function statisticsReaders(schema: readonly SchemaElement[]): readonly (StatisticsReader | undefined)[] {
  const readers: (StatisticsReader | undefined)[] = [];
  let index = 1;
  while (index < schema.length) {
    const { next } = describe(schema, index);
    const element = schema[index];
    for (let leaf = index; leaf < next; leaf += 1) {
      if (schema[leaf]?.type === undefined) continue;
      readers.push(element !== undefined && leaf === index ? statisticsReader(element) : undefined);
    }
    index = next;
  }
  return readers;
}

function statisticsReader(element: SchemaElement): StatisticsReader | undefined {
  if (element.repetition_type === 'REPEATED') return undefined;
  const logical = logicalName(element).replace(' UTC', '');
  switch (element.type) {
    case 'BOOLEAN':
      return { kind: 'boolean' };
    case 'BYTE_ARRAY':
      return logical === 'UTF8' ? { kind: 'string' } : undefined;
    case 'INT32':
    case 'INT64':
      break;
    default:
      return undefined;
  }
  if (logical.startsWith('DECIMAL')) {
    // The metadata parser recognizes decimals by their converted type only.
    return element.converted_type === 'DECIMAL' ? { kind: 'decimal', scale: element.scale ?? 0 } : undefined;
  }
  if (logical === 'TIMESTAMP_MILLIS') return { kind: 'milliseconds' };
  const safe = logical === '' || logical === 'DATE' || /^(U?INT_\d+|TIMESTAMP_(MICROS|NANOS))$/.test(logical);
  return safe ? { kind: 'integer' } : undefined;
}
