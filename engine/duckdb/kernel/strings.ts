import type { Library, Pointer } from './library.ts';

/**
 * `sizeof(duckdb_string_t)`. The struct holds a length (uint32), followed by up to 12 bytes in place or by a 4-byte prefix and a pointer to
 * the bytes.
 */
const STRING_BYTES = 16;
const INLINE_BYTES = 12;
const POINTER_OFFSET = 8;

/** Returns the strings of a VARCHAR vector, with null for NULL. The strings are copied, so this function is meant for small results. */
export function readStrings(library: Library, vector: Pointer, rows: number): (string | null)[] {
  const { duckdb } = library;
  const memory = new ArrayBuffer(rows * STRING_BYTES);
  library.copy(library.addressOf(memory), duckdb.vector_get_data(vector), memory.byteLength);
  const strings = new DataView(memory);
  const validity = readValidity(library, duckdb.vector_get_validity(vector), rows);
  return Array.from({ length: rows }, (_, row) => {
    if (validity !== undefined && (((validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 0) return null;
    const start = row * STRING_BYTES;
    const length = strings.getUint32(start, true);
    if (length <= INLINE_BYTES) return Buffer.from(memory, start + 4, length).toString('utf8');
    const text = new ArrayBuffer(length);
    library.copy(library.addressOf(text), Number(strings.getBigUint64(start + POINTER_OFFSET, true)), length);
    return Buffer.from(text).toString('utf8');
  });
}

function readValidity(library: Library, pointer: Pointer, rows: number): Uint8Array | undefined {
  if (pointer === 0) return undefined;
  const bits = new ArrayBuffer(Math.ceil(rows / 64) * 8);
  library.copy(library.addressOf(bits), pointer, bits.byteLength);
  return new Uint8Array(bits);
}
