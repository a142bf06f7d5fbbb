/** Least and greatest value of a column chunk, where its statistics are exact. Values are as in `ConstantValue` of the column's type. */
export interface ChunkStatistics {
  readonly min?: bigint | number | string | Uint8Array | boolean;
  readonly max?: bigint | number | string | Uint8Array | boolean;
  readonly nullCount?: number;
}

export interface ColumnChunk {
  /** Top-level column name; nested columns have one chunk for each leaf. */
  readonly column: string;
  /** Where the chunk's bytes are in the file (dictionary page included). */
  readonly start: number;
  readonly sizeBytes: number;
  readonly statistics: ChunkStatistics;
  /** Where its Bloom filter begins: a reader with an equality filter looks into it, even of row groups that it then skips. */
  readonly bloomFilterStart?: number;
}

export interface RowGroup {
  /** Rows of the file before this group. */
  readonly firstRow: number;
  readonly rows: number;
  readonly chunks: readonly ColumnChunk[];
}

/** What a Parquet footer says about a file's layout. */
export interface ParquetFile {
  readonly rows: number;
  readonly rowGroups: readonly RowGroup[];
  /** Bytes of the footer: Thrift metadata, its length and the magic number, at the end of the file. */
  readonly footerBytes: number;
}
