import { crc32 } from 'node:zlib';
import { FabricError } from '../errors.ts';
import {
  ENTRY_BYTES,
  FOOTER_HEADER_BYTES,
  FOOTER_MAGIC,
  FOOTER_TAIL_BYTES,
  FORMAT_VERSION,
  type PartitionRange,
  readRange,
} from './object-layout.ts';

/**
 * Returns the length of the footer that ends with `tail`, the last 12 or more bytes of an object. Throws
 * `SHUFFLE_LOST`, with `object` in the message, if `tail` does not end a footer.
 */
export function footerBytes(tail: Uint8Array, object: string): number {
  if (tail.length < FOOTER_TAIL_BYTES) throw lost(object, 'is too short to be a shuffle object');
  const view = new DataView(tail.buffer, tail.byteOffset + tail.length - FOOTER_TAIL_BYTES, FOOTER_TAIL_BYTES);
  if (view.getUint32(8, true) !== FOOTER_MAGIC) throw lost(object, 'does not end with a shuffle footer');
  return view.getUint32(4, true);
}

/**
 * Returns the partitions of an object from the exact bytes of its footer. Throws `SHUFFLE_LOST`, with `object` in the
 * message, if the footer is corrupt, and `VERSION_SKEW` if another version of Volley wrote it.
 */
export function decodeFooter(footer: Uint8Array, object: string): readonly PartitionRange[] {
  const { view, count, stride } = checkFooter(footer, object);
  return Array.from({ length: count }, (_, at) => readRange(view, FOOTER_HEADER_BYTES + at * stride));
}

/** The bytes of a verified footer. Entry `at` begins at `FOOTER_HEADER_BYTES + at * stride`. */
export interface FooterEntries {
  readonly view: DataView;
  readonly count: number;
  readonly stride: number;
}

/**
 * Verifies the bytes of a footer without creating values for its entries, since an index has millions of them. Throws
 * the errors of `decodeFooter`.
 */
export function checkFooter(footer: Uint8Array, object: string): FooterEntries {
  const view = new DataView(footer.buffer, footer.byteOffset, footer.byteLength);
  if (footer.length < FOOTER_HEADER_BYTES + FOOTER_TAIL_BYTES || footerBytes(footer, object) !== footer.length) {
    throw lost(object, 'has a footer of the wrong length');
  }
  const tail = footer.length - FOOTER_TAIL_BYTES;
  if (view.getUint32(tail, true) !== crc32(footer.subarray(0, tail))) throw lost(object, 'has a corrupt footer');
  const version = view.getUint16(4, true);
  if (version !== FORMAT_VERSION) {
    throw new FabricError(
      'VERSION_SKEW',
      `Shuffle object ${object} has format version ${version}, but this executor reads version ${FORMAT_VERSION}. Run the same version of Volley everywhere.`,
    );
  }
  const count = view.getUint32(8, true);
  const stride = view.getUint32(12, true);
  if (stride < ENTRY_BYTES || FOOTER_HEADER_BYTES + count * stride > tail)
    throw lost(object, 'has a footer of the wrong length');
  return { view, count, stride };
}

/** The error for an object that can no longer be read. */
export function lost(object: string, what: string, cause?: unknown): FabricError {
  return new FabricError('SHUFFLE_LOST', `Shuffle object ${object} ${what}.`, { cause, details: { object } });
}
