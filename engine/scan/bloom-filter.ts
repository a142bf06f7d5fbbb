const BLOCK_BYTES = 32;

/** The header in Thrift's compact encoding: one block, split-block algorithm, xxHash, uncompressed. */
const HEADER = [
  // Field 1: an i32, zigzag-encoded.
  ...[0x15, BLOCK_BYTES * 2],
  // Fields 2 to 4: unions whose only choice is an empty struct.
  ...[0x1c, 0x1c, 0x00, 0x00],
  ...[0x1c, 0x1c, 0x00, 0x00],
  ...[0x1c, 0x1c, 0x00, 0x00],
  0x00,
];

/**
 * A Bloom filter for a Parquet column chunk that rules out no value. It replaces filters that are not worth fetching, and is no longer than
 * any of them. See https://github.com/apache/parquet-format/blob/master/BloomFilter.md
 */
export const PERMISSIVE_BLOOM_FILTER: Uint8Array = Uint8Array.from([
  ...HEADER,
  ...new Array<number>(BLOCK_BYTES).fill(0xff),
]);
