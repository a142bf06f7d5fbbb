/**
 * The loops of the shuffle that run once per cell. Each width has its own function, which processes only one type of
 * array and is therefore fast. The functions use integers only, since loading a float may change the bits of a NaN.
 * Callers allocate enough memory for every index to be in bounds. The code uses `as number` because `?? 0` would add a
 * branch per cell.
 */

/** A loop that copies rows `order[from..to)` of `source` to `target`, starting at row `at` of the target. */
export type Gather<Lanes> = (
  target: Lanes,
  at: number,
  source: Lanes,
  order: Int32Array,
  from: number,
  to: number,
  /** The number of array elements per row. */
  lanes: number,
) => void;

/** Copies rows of 1 byte. */
export const gather8: Gather<Uint8Array> = (target, at, source, order, from, to) => {
  let next = at;
  for (let i = from; i < to; i++) target[next++] = source[order[i] as number] as number;
};

/** Copies rows of 2 bytes. */
export const gather16: Gather<Uint16Array> = (target, at, source, order, from, to) => {
  let next = at;
  for (let i = from; i < to; i++) target[next++] = source[order[i] as number] as number;
};

/** Copies rows of 4 bytes. */
export const gather32: Gather<Int32Array> = (target, at, source, order, from, to) => {
  let next = at;
  for (let i = from; i < to; i++) target[next++] = source[order[i] as number] as number;
};

/** Copies rows of 8 bytes. */
export const gather64: Gather<BigInt64Array> = (target, at, source, order, from, to) => {
  let next = at;
  for (let i = from; i < to; i++) target[next++] = source[order[i] as number] as bigint;
};

/** Copies rows of 16 bytes. */
export const gather128: Gather<BigInt64Array> = (target, at, source, order, from, to) => {
  let next = at * 2;
  for (let i = from; i < to; i++) {
    const row = (order[i] as number) * 2;
    target[next] = source[row] as bigint;
    target[next + 1] = source[row + 1] as bigint;
    next += 2;
  }
};

/** Copies rows of any other width, byte by byte. */
export const gatherBytes: Gather<Uint8Array> = (target, at, source, order, from, to, lanes) => {
  let next = at * lanes;
  for (let i = from; i < to; i++) {
    const start = (order[i] as number) * lanes;
    for (let byte = start; byte < start + lanes; byte++) target[next++] = source[byte] as number;
  }
};

/** Returns the total length of rows `order[from..to)`, in bytes (or elements). */
export function lengthOfRows(offsets: Int32Array, order: Int32Array, from: number, to: number): number {
  let length = 0;
  for (let i = from; i < to; i++) {
    const row = order[i] as number;
    length += (offsets[row + 1] as number) - (offsets[row] as number);
  }
  return length;
}

/**
 * Texts longer than this number of bytes are copied with one call each. A call takes as long as a loop over this many
 * bytes (measured: 30 ns).
 */
const LONG_BYTES = 40;

/** The source of variable-length rows: two views of the same bytes. The word view is needed because words may be unaligned. */
export interface TextSource {
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
  readonly words: DataView;
}

interface TextTarget {
  /** Row i ends at `offsets[i + 1]`. */
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
  readonly words: DataView;
}

/** Appends variable-length rows `order[from..to)` to the target, starting at row `at`. */
export function gatherText(
  target: TextTarget,
  at: number,
  source: TextSource,
  order: Int32Array,
  from: number,
  to: number,
): void {
  const { offsets, bytes, words } = source;
  const { offsets: targetOffsets, bytes: targetBytes, words: targetWords } = target;
  let row = at;
  let next = targetOffsets[at] as number;
  for (let i = from; i < to; i++) {
    const start = offsets[order[i] as number] as number;
    const end = offsets[(order[i] as number) + 1] as number;
    if (end - start > LONG_BYTES) {
      targetBytes.set(bytes.subarray(start, end), next);
      next += end - start;
    } else {
      let byte = start;
      for (const lastWord = end - 4; byte <= lastWord; byte += 4) {
        targetWords.setInt32(next, words.getInt32(byte, true), true);
        next += 4;
      }
      for (; byte < end; byte++) targetBytes[next++] = bytes[byte] as number;
    }
    targetOffsets[++row] = next;
  }
}

/** Copies bits `order[from..to)` to `target`, whose bits from `at` onwards are 0. */
export function gatherBits(
  target: Uint8Array,
  at: number,
  source: Uint8Array,
  order: Int32Array,
  from: number,
  to: number,
): void {
  let next = at;
  for (let i = from; i < to; i++) {
    const row = order[i] as number;
    const bit = ((source[row >> 3] as number) >> (row & 7)) & 1;
    target[next >> 3] = (target[next >> 3] as number) | (bit << (next & 7));
    next++;
  }
}

/** Returns the number of 0 bits among `order[from..to)`. */
export function zerosAmong(source: Uint8Array, order: Int32Array, from: number, to: number): number {
  let ones = 0;
  for (let i = from; i < to; i++) {
    const row = order[i] as number;
    ones += ((source[row >> 3] as number) >> (row & 7)) & 1;
  }
  return to - from - ones;
}

/** Copies `count` bits. The source and the target may start within a byte. The target's bits from `at` onwards are 0. */
export function copyBits(target: Uint8Array, at: number, source: Uint8Array, start: number, count: number): void {
  let done = 0;
  if (at % 8 === 0 && start % 8 === 0) {
    done = count - (count % 8);
    target.set(source.subarray(start / 8, (start + done) / 8), at / 8);
  }
  for (; done < count; done++) {
    const from = start + done;
    const bit = ((source[from >> 3] as number) >> (from & 7)) & 1;
    target[(at + done) >> 3] = (target[(at + done) >> 3] as number) | (bit << ((at + done) & 7));
  }
}

/** Sets `count` bits, starting at bit `at`. */
export function setBits(target: Uint8Array, at: number, count: number): void {
  const end = at + count;
  let bit = at;
  for (; bit < end && bit % 8 !== 0; bit++) target[bit >> 3] = (target[bit >> 3] as number) | (1 << (bit & 7));
  const wholeBytes = (end - bit) >> 3;
  if (wholeBytes > 0) target.fill(0xff, bit >> 3, (bit >> 3) + wholeBytes);
  for (bit += wholeBytes * 8; bit < end; bit++) target[bit >> 3] = (target[bit >> 3] as number) | (1 << (bit & 7));
}
