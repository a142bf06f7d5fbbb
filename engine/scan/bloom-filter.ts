const BLOCK_BYTES = 32;

/** The filter's header in Thrift's compact encoding: one block, split-block algorithm, xxHash, uncompressed. */
const HEADER = [
  // Field 1: the filter's length as a zigzag-encoded i32.
  ...[0x15, BLOCK_BYTES * 2],
  // Fields 2 to 4: unions whose only member is an empty struct.
  ...[0x1c, 0x1c, 0x00, 0x00],
  ...[0x1c, 0x1c, 0x00, 0x00],
  ...[0x1c, 0x1c, 0x00, 0x00],
  0x00,
];

/**
 * A Bloom filter for a Parquet column chunk that matches every value. It replaces filters that are not worth fetching,
 * and is never longer than the filter it replaces. See
 * https://github.com/apache/parquet-format/blob/master/BloomFilter.md
 */
export const PERMISSIVE_BLOOM_FILTER: Uint8Array = Uint8Array.from([
  ...HEADER,
  ...new Array<number>(BLOCK_BYTES).fill(0xff),
]);
