const BLOCK_BYTES = 32;

/** The header in Thrift's compact encoding: one block, split-block algorithm, xxHash, uncompressed. */
const HEADER = [
  // Field 1, an i32 in zigzag.
  ...[0x15, BLOCK_BYTES * 2],
  // Fields 2 to 4, each a union of one choice, which is an empty struct.
  ...[0x1c, 0x1c, 0x00, 0x00],
  ...[0x1c, 0x1c, 0x00, 0x00],
  ...[0x1c, 0x1c, 0x00, 0x00],
  0x00,
];

/**
 * A Bloom filter of a Parquet column chunk that rules out no value. It stands in for true ones that are not worth their bytes, and is no
 * longer than any of them. See https://github.com/apache/parquet-format/blob/master/BloomFilter.md
 */
export const PERMISSIVE_BLOOM_FILTER: Uint8Array = Uint8Array.from([
  ...HEADER,
  ...new Array<number>(BLOCK_BYTES).fill(0xff),
]);
