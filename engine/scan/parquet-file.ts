/**
 * The minimum and maximum of a column chunk, present if its statistics are exact. The values have the form of
 * `ConstantValue` for the column's type.
 */
export interface ChunkStatistics {
  readonly min?: bigint | number | string | Uint8Array | boolean;
  readonly max?: bigint | number | string | Uint8Array | boolean;
  readonly nullCount?: number;
}

export interface ColumnChunk {
  /** The name of the top-level column. A nested column has one chunk for each leaf. */
  readonly column: string;
  /** The chunk's offset in the file, including the dictionary page. */
  readonly start: number;
  readonly sizeBytes: number;
  readonly statistics: ChunkStatistics;
  /**
   * The offset of the chunk's Bloom filter. Readers with an equality filter consult it even for row groups that they
   * then skip.
   */
  readonly bloomFilterStart?: number;
}

export interface RowGroup {
  /** The number of rows in the file before this group. */
  readonly firstRow: number;
  readonly rows: number;
  readonly chunks: readonly ColumnChunk[];
}

/** The layout of a Parquet file, from its footer. */
export interface ParquetFile {
  readonly rows: number;
  readonly rowGroups: readonly RowGroup[];
  /** Size of the footer at the end of the file: Thrift metadata, the metadata's length and the magic number. */
  readonly footerBytes: number;
}
