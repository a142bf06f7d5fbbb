import { crc32 } from 'node:zlib';
import {
  BLOCKS_FLAG,
  ENTRY_BYTES,
  FOOTER_HEADER_BYTES,
  FOOTER_MAGIC,
  FOOTER_TAIL_BYTES,
  FORMAT_VERSION,
  type PartitionRange,
  writeRange,
} from './object-layout.ts';

/**
 * Encodes the footer of a shuffle object, including the tail that ends the object. `areBlocks` is true if each
 * partition is itself a shuffle object.
 */
export function encodeFooter(partitions: readonly PartitionRange[], areBlocks = false): Uint8Array {
  const tail = FOOTER_HEADER_BYTES + partitions.length * ENTRY_BYTES;
  const footer = new Uint8Array(tail + FOOTER_TAIL_BYTES);
  const view = new DataView(footer.buffer);
  view.setUint32(0, FOOTER_MAGIC, true);
  view.setUint16(4, FORMAT_VERSION, true);
  view.setUint16(6, areBlocks ? BLOCKS_FLAG : 0, true);
  view.setUint32(8, partitions.length, true);
  view.setUint32(12, ENTRY_BYTES, true);
  for (const [at, range] of partitions.entries()) writeRange(view, FOOTER_HEADER_BYTES + at * ENTRY_BYTES, range);
  view.setUint32(tail, crc32(footer.subarray(0, tail)), true);
  view.setUint32(tail + 4, footer.length, true);
  view.setUint32(tail + 8, FOOTER_MAGIC, true);
  return footer;
}
