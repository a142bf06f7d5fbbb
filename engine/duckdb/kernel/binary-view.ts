/**
 * Longest value that a view holds itself; longer values are in a data buffer (Arrow columnar format, "Variable-size Binary View Layout").
 */
const INLINE_BYTES = 12;
const VIEW_BYTES = 16;

/** A binary-view array: `views` of 16 bytes a row, over `data`. */
export interface BinaryViews {
  readonly rows: number;
  readonly validity: Uint8Array | undefined;
  readonly views: Uint8Array;
  readonly data: readonly Uint8Array[];
}

/** The same values as offsets (rows + 1 of them) and bytes: the layout that travels. */
export function flattenViews({ rows, validity, views, data }: BinaryViews): {
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
} {
  const words = new Int32Array(views.buffer, views.byteOffset, rows * (VIEW_BYTES / 4));
  // A view of a NULL has undefined contents.
  const isValid = (row: number): boolean =>
    validity === undefined || ((validity[row >> 3] ?? 0) >> (row & 7)) % 2 === 1;
  const offsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    offsets[row + 1] = (offsets[row] ?? 0) + (isValid(row) ? (words[row * 4] ?? 0) : 0);
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
