/** A 64-bit integer in the form of the generated code, which is two signed 32-bit halves. Only this file depends on that form. */
export interface Long {
  readonly low: number;
  readonly high: number;
  readonly unsigned: boolean;
}

const MINIMUM_INT64 = -(2n ** 63n);
const MAXIMUM_INT64 = 2n ** 63n - 1n;

/** Returns whether an integer fits a signed 64-bit field. */
export function fitsInt64(value: bigint): boolean {
  return value >= MINIMUM_INT64 && value <= MAXIMUM_INT64;
}

/** Encodes an integer that fits in 64 bits. The caller must ensure that it fits. */
export function longFromBigint(value: bigint): Long {
  const low = Number(BigInt.asIntN(32, value));
  return { low, high: Number(BigInt.asIntN(32, value >> 32n)), unsigned: value >= 0n };
}

/** Decodes a signed 64-bit field. */
export function bigintFromSigned(value: Long): bigint {
  return (BigInt(value.high) << 32n) | BigInt(value.low >>> 0);
}

/** Decodes an unsigned 64-bit field. */
export function bigintFromUnsigned(value: Long): bigint {
  return BigInt.asUintN(64, bigintFromSigned(value));
}

/** Encodes a count. Throws a `RangeError` unless it is a whole number from 0 to 2^53 - 1. */
export function longFromCount(value: number): Long {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${value} is not a whole number from 0 to 2^53 - 1`);
  return { low: value | 0, high: Math.floor(value / 2 ** 32) | 0, unsigned: true };
}

/** Decodes a count from an unsigned 64-bit field. Returns undefined above 2^53 - 1. An absent field is 0. */
export function countFromLong(value: Long | number | null | undefined): number | undefined {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  const count = (value.high >>> 0) * 2 ** 32 + (value.low >>> 0);
  return Number.isSafeInteger(count) ? count : undefined;
}

/** Encodes an integer in two's complement, big-endian, in the fewest bytes that keep the sign. */
export function bytesFromBigint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while ((rest !== 0n && rest !== -1n) || ((bytes.at(-1) ?? 0) & 0x80) !== (rest < 0n ? 0x80 : 0));
  return Uint8Array.from(bytes.reverse());
}

/** Reads the output of `bytesFromBigint`. An empty array is 0. */
export function bigintFromBytes(bytes: Uint8Array): bigint {
  let digits = '0x0';
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0');
  return BigInt.asIntN(bytes.length * 8, BigInt(digits));
}

/** Returns a number that has 32 bits on the wire. Throws a `RangeError` if it does not fit, since protobuf would truncate it silently. */
export function uint32(value: number): number {
  if (value >>> 0 !== value) throw new RangeError(`${value} does not fit in 32 bits`);
  return value;
}
