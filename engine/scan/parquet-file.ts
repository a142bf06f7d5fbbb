/** Minimum and maximum of a column chunk, if its statistics are exact. Values are those of `ConstantValue` for the column's type. */
export interface ChunkStatistics {
  readonly min?: bigint | number | string | Uint8Array | boolean;
  readonly max?: bigint | number | string | Uint8Array | boolean;
  readonly nullCount?: number;
}

export interface ColumnChunk {
  /** Top-level column name; nested columns have one chunk for each leaf. */
  readonly column: string;
  /** Offset of the chunk in the file, dictionary page included. */
  readonly start: number;
  readonly sizeBytes: number;
  readonly statistics: ChunkStatistics;
  /** Offset of its Bloom filter. A reader with an equality filter consults it even for row groups that it then skips. */
  readonly bloomFilterStart?: number;
}

export interface RowGroup {
  /** Rows of the file before this group. */
  readonly firstRow: number;
  readonly rows: number;
  readonly chunks: readonly ColumnChunk[];
}

/** The layout of a Parquet file, from its footer. */
export interface ParquetFile {
  readonly rows: number;
  readonly rowGroups: readonly RowGroup[];
  /** Size of the footer at the end of the file: Thrift metadata, its length and the magic number. */
  readonly footerBytes: number;
}
