import { type FileMetaData, parquetMetadata } from 'hyparquet';
import { FabricError } from '../errors.ts';
import type { ByteRange } from '../store/object-store.ts';
import type { ColumnChunk, ParquetFile, RowGroup } from './parquet-file.ts';
import {
  leafColumns,
  type ParquetColumn,
  parquetColumns,
  type StatisticsReader,
  statisticsReaders,
} from './parquet-schema.ts';
import { chunkStatistics, rawParsers } from './parquet-statistics.ts';
import { checkThriftBounds } from './thrift-bounds.ts';

/** The size of the first read, at the end of the file. It is large enough for most footers. */
const FIRST_READ_BYTES = 1 << 18;
/**
 * The maximum footer size. Footers grow with the number of row groups times the number of columns. A larger footer
 * indicates an error or an attack.
 */
const MAX_FOOTER_BYTES = 256 << 20;
/** The size of the file's trailer: the footer's length and the magic number. */
const TRAILER_BYTES = 8;

/** A Parquet footer, both as bytes and parsed. */
export interface ParquetFooter {
  readonly layout: ParquetFile;
  readonly columns: readonly ParquetColumn[];
  /** The last `layout.footerBytes` bytes of the file. */
  readonly bytes: Uint8Array;
}

/**
 * Reads and parses a Parquet file's footer with one or two ranged reads. Rejects with `INPUT_INVALID` for a file that
 * is truncated, encrypted or not Parquet, and with the errors of `read`.
 */
export async function readParquetFooter(
  location: string,
  sizeBytes: number,
  read: (range: ByteRange) => Promise<Uint8Array>,
): Promise<ParquetFooter> {
  if (sizeBytes < TRAILER_BYTES + 4) {
    throw invalid(location, sizeBytes === 0 ? 'it is empty' : `it has only ${sizeBytes} bytes`);
  }
  const tail = await read({ start: Math.max(0, sizeBytes - FIRST_READ_BYTES), end: sizeBytes });
  const footerBytes = footerLength(location, sizeBytes, tail);
  if (footerBytes <= tail.length)
    // The copy keeps a cached footer from retaining the data before it in memory.
    return parseParquetFooter(location, sizeBytes, new Uint8Array(tail.subarray(tail.length - footerBytes)));
  const head = await read({ start: sizeBytes - footerBytes, end: sizeBytes - tail.length });
  return parseParquetFooter(location, sizeBytes, Buffer.concat([head, tail]));
}

/** Parses the exact bytes of a footer: metadata, length and magic number. Throws `INPUT_INVALID`. */
function parseParquetFooter(location: string, sizeBytes: number, bytes: Uint8Array): ParquetFooter {
  try {
    checkThriftBounds(bytes.subarray(0, bytes.length - TRAILER_BYTES));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalid(location, `its footer is damaged: ${reason}`, error);
  }
  try {
    const metadata = parquetMetadata(bytes, { parsers: rawParsers, geoparquet: false });
    return interpret(location, sizeBytes, bytes, metadata);
  } catch (error) {
    if (error instanceof FabricError) throw error;
    // The parser assumes that every field is present and has the right type, so its message says nothing about the file.
    throw invalid(location, 'its footer is damaged', error);
  }
}

function interpret(location: string, sizeBytes: number, bytes: Uint8Array, metadata: FileMetaData): ParquetFooter {
  checkNames(location, bytes, metadata);
  const readers = statisticsReaders(metadata.schema);
  const leaves = leafColumns(metadata.schema);
  const dataEnd = sizeBytes - bytes.length;
  const rowGroups: RowGroup[] = [];
  let firstRow = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    if (group.num_rows === undefined) throw invalid(location, 'its footer is damaged: a row group has no row count');
    if (!Number.isSafeInteger(rows) || rows < 0) throw invalid(location, `a row group declares ${group.num_rows} rows`);
    if (group.columns.length !== leaves.length) {
      throw invalid(
        location,
        `a row group has ${group.columns.length} column chunks, but the schema has ${leaves.length} columns`,
      );
    }
    rowGroups.push({
      firstRow,
      rows,
      chunks: group.columns.map((chunk, index) => readChunk(location, chunk, leaves[index], readers[index], dataEnd)),
    });
    firstRow += rows;
  }
  if (BigInt(firstRow) !== metadata.num_rows) {
    throw invalid(location, `its footer declares ${metadata.num_rows} rows, but its row groups have ${firstRow}`);
  }
  return {
    layout: { rows: firstRow, rowGroups, footerBytes: bytes.length },
    columns: parquetColumns(metadata.schema),
    bytes,
  };
}

/**
 * Rejects names that no plan can hold. The parser replaces bytes that are not UTF-8 by U+FFFD, so a name with that character is valid only if
 * the footer contains it as it is.
 */
function checkNames(location: string, bytes: Uint8Array, { schema }: FileMetaData): void {
  const footer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const { name } of schema) {
    if (name.includes('\0'))
      throw invalid(location, `the column name ${JSON.stringify(name)} contains a NUL character`);
    if (name.includes('\ufffd') && !footer.includes(name)) {
      throw invalid(location, `the column name ${JSON.stringify(name)} is not valid UTF-8`);
    }
  }
}

function footerLength(location: string, sizeBytes: number, tail: Uint8Array): number {
  const trailer = Buffer.from(tail.buffer, tail.byteOffset + tail.length - TRAILER_BYTES, TRAILER_BYTES);
  const magic = trailer.toString('latin1', 4);
  if (magic === 'PARE') throw invalid(location, 'it is encrypted, which is not supported');
  if (magic !== 'PAR1') {
    throw invalid(
      location,
      `it ends with ${JSON.stringify(magic)} instead of "PAR1", so it is truncated or in another format`,
    );
  }
  const length = trailer.readUInt32LE(0);
  if (length + TRAILER_BYTES > sizeBytes) {
    throw invalid(location, `it declares a footer of ${length} bytes but has only ${sizeBytes} bytes`);
  }
  if (length > MAX_FOOTER_BYTES)
    throw invalid(location, `its footer has ${length} bytes, but the limit is ${MAX_FOOTER_BYTES}`);
  return length + TRAILER_BYTES;
}

function readChunk(
  location: string,
  chunk: FileMetaData['row_groups'][number]['columns'][number],
  column: string | undefined,
  reader: StatisticsReader | undefined,
  dataEnd: number,
): ColumnChunk {
  const metadata = chunk.meta_data;
  if (metadata === undefined || column === undefined) {
    throw invalid(location, 'a column has no metadata, possibly because it is encrypted, which is not supported');
  }
  if (chunk.file_path !== undefined && chunk.file_path !== '') {
    throw invalid(location, `column ${column} is stored in another file, which is not supported`);
  }
  // Some writers store 0 for a missing dictionary. DuckDB reads from any other offset, even one after the data.
  const dictionary = Number(metadata.dictionary_page_offset ?? 0n);
  const data = Number(metadata.data_page_offset);
  const start = dictionary > 0 ? Math.min(dictionary, data) : data;
  const sizeBytes = Number(metadata.total_compressed_size);
  if (Number.isNaN(start + sizeBytes)) {
    throw invalid(location, `its footer is damaged: it does not say where the data of column ${column} is`);
  }
  if (!(start >= 0 && sizeBytes >= 0 && start + sizeBytes <= dataEnd)) {
    throw invalid(
      location,
      `column ${column} should be at bytes ${start} to ${start + sizeBytes}, but the data ends at ${dataEnd}`,
    );
  }
  const bloomStart = Number(metadata.bloom_filter_offset ?? 0n);
  return {
    column,
    start,
    sizeBytes: Math.min(sizeBytes + Math.max(0, dictionary - data), dataEnd - start),
    statistics: reader === undefined ? {} : chunkStatistics(metadata.statistics, reader),
    ...(bloomStart > 0 ? { bloomFilterStart: bloomStart } : {}),
  };
}

function invalid(location: string, found: string, cause?: unknown): FabricError {
  return new FabricError('INPUT_INVALID', `${location} is not a readable Parquet file: ${found}.`, {
    cause,
    details: { location },
  });
}
