import type { ArrowColumn } from '../arrow/batch.ts';
import { countZeroBits } from '../arrow/layout.ts';
import { copyBits, gatherBits, setBits, zerosAmong } from './gather.ts';
import type { RowsByPartition } from './rows-by-partition.ts';

/**
 * The number of rows and their validity, for one column in one partition. The bitmap is allocated at the first NULL,
 * and its bits after the first `rows` bits are 0.
 */
export interface Nullable {
  rows: number;
  validity: Uint8Array | undefined;
}

/** Returns the validity bitmap of a source column, or undefined if no row is NULL. */
export function validityOf(source: ArrowColumn): Uint8Array | undefined {
  const { validity, rows } = source;
  return validity === undefined || countZeroBits(validity, rows) === 0 ? undefined : validity;
}

/** Appends the validity of a batch's rows to each partition. Call this function before increasing `rows`. */
export function scatterValidity(
  parts: readonly Nullable[],
  source: Uint8Array | undefined,
  rows: RowsByPartition,
): void {
  for (let partition = 0; partition < parts.length; partition++) {
    const part = parts[partition];
    const from = rows.starts[partition] ?? 0;
    const to = rows.starts[partition + 1] ?? 0;
    if (from === to || part === undefined) continue;
    if (source !== undefined && (part.validity !== undefined || zerosAmong(source, rows.order, from, to) > 0)) {
      gatherBits(withBits(part, to - from), part.rows, source, rows.order, from, to);
    } else if (part.validity !== undefined) {
      setBits(withBits(part, to - from), part.rows, to - from);
    }
  }
}

/** Appends the validity of rows `[start, end)` to one partition. Call this function before increasing `rows`. */
export function appendValidity(part: Nullable, source: Uint8Array | undefined, start: number, end: number): void {
  if (source !== undefined) copyBits(withBits(part, end - start), part.rows, source, start, end - start);
  else if (part.validity !== undefined) setBits(withBits(part, end - start), part.rows, end - start);
}

/** Returns the bitmap with capacity for `more` additional rows. In a new bitmap, the bits of all existing rows are set. */
function withBits(part: Nullable, more: number): Uint8Array {
  const neededBytes = Math.ceil((part.rows + more) / 8);
  const old = part.validity;
  if (old !== undefined && old.length >= neededBytes) return old;
  const bits = new Uint8Array(Math.max(64, 2 * neededBytes));
  if (old === undefined) setBits(bits, 0, part.rows);
  else bits.set(old);
  part.validity = bits;
  return bits;
}
