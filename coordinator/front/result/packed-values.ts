import { offsetText, timeText } from './temporal-text.ts';

const OFFSET_BITS = 24n;
const MAX_OFFSET_SECONDS = 57_599;
const BIGNUM_HEADER_BYTES = 3;

/**
 * A TIME WITH TIME ZONE from DuckDB's 64 bits: µs since midnight in the upper 40, the offset counted down from +15:59:59 in the lower 24.
 */
export function zonedTimeText(bits: bigint): string {
  const offsetSeconds = MAX_OFFSET_SECONDS - Number(bits & 0xffffffn);
  return timeText(bits >> OFFSET_BITS, 1_000_000n) + offsetText(offsetSeconds, 'seconds');
}

/** A BIT from DuckDB's bytes: how many bits of the second byte are padding, then the bits. */
export function bitText(bytes: Uint8Array): string {
  const padding = bytes[0] ?? 0;
  const bits = Array.from(bytes.subarray(1), (byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.slice(padding);
}

/**
 * A BIGNUM from DuckDB's bytes: a header whose first bit is the sign, then the magnitude, most significant byte first; all inverted below
 * zero.
 */
export function bignumValue(bytes: Uint8Array): bigint {
  const isNegative = ((bytes[0] ?? 0x80) & 0x80) === 0;
  const magnitude = bytes.slice(BIGNUM_HEADER_BYTES);
  if (isNegative)
    magnitude.forEach((byte, index) => {
      magnitude[index] = ~byte & 0xff;
    });
  const value = magnitude.length === 0 ? 0n : BigInt(`0x${Buffer.from(magnitude).toString('hex')}`);
  return isNegative ? -value : value;
}
