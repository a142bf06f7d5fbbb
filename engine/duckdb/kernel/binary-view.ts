import { checkEnd } from '../../arrow/layout.ts';

/**
 * Maximum length in bytes of a value that a view holds inline. Longer values are in a data buffer. Source: Arrow columnar format,
 * "Variable-size Binary View Layout".
 */
const INLINE_BYTES = 12;
const VIEW_BYTES = 16;

/** A binary-view array. `views` has 16 bytes per row, and longer values are in `data`. */
export interface BinaryViews {
  readonly rows: number;
  readonly validity: Uint8Array | undefined;
  readonly views: Uint8Array;
  readonly data: readonly Uint8Array[];
}

/**
 * Converts a binary-view array to the wire layout, which has rows + 1 offsets and the bytes. Throws `OUTPUT_FAILED` if it has more than
 * 2 GiB.
 */
export function flattenViews({ rows, validity, views, data }: BinaryViews): {
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
} {
  const words = new Int32Array(views.buffer, views.byteOffset, rows * (VIEW_BYTES / 4));
  // The view of a NULL has undefined contents.
  const isValid = (row: number): boolean =>
    validity === undefined || ((validity[row >> 3] ?? 0) >> (row & 7)) % 2 === 1;
  const offsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    offsets[row + 1] = checkEnd((offsets[row] ?? 0) + (isValid(row) ? (words[row * 4] ?? 0) : 0));
  }
  const bytes = new Uint8Array(offsets[rows] ?? 0);
  for (let row = 0; row < rows; row++) {
    const start = offsets[row] ?? 0;
    const length = (offsets[row + 1] ?? 0) - start;
    if (length === 0) continue;
    const inline = row * VIEW_BYTES + 4;
    const from = words[row * 4 + 3] ?? 0;
    const source =
      length <= INLINE_BYTES
        ? views.subarray(inline, inline + length)
        : data[words[row * 4 + 2] ?? 0]?.subarray(from, from + length);
    bytes.set(source ?? new Uint8Array(0), start);
  }
  return { offsets, bytes };
}
