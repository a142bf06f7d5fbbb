/** Splits the result of `toExponential` into its digits and its exponent. */
function digitsOf(exponential: string): { readonly digits: string; readonly exponent: number } {
  const [mantissa = '', exponent = '0'] = exponential.split('e');
  return { digits: mantissa.replace('.', ''), exponent: Number(exponent) };
}

const floatBits = new DataView(new ArrayBuffer(4));

/** The midpoints between a positive float and its two neighbours. Every number between the midpoints rounds to the float. */
function roundingInterval(value: number): { readonly low: number; readonly high: number } {
  floatBits.setFloat32(0, value);
  const bits = floatBits.getUint32(0);
  const neighbour = (step: number): number => {
    floatBits.setUint32(0, bits + step);
    return floatBits.getFloat32(0);
  };
  const below = neighbour(-1);
  const above = bits + 1 === 0x7f800000 ? value + (value - below) : neighbour(1);
  return { low: (value + below) / 2, high: (value + above) / 2 };
}

/** The number one unit in the last digit above `value.toExponential(fractionDigits)`. */
function nextUp(value: number, fractionDigits: number): string {
  const { exponent } = digitsOf(value.toExponential(fractionDigits));
  return (value + 10 ** (exponent - fractionDigits)).toExponential(fractionDigits);
}

/**
 * The digits that DuckDB prints for a positive float: the fewest that read back as the same float. DuckDB uses Grisu3. Grisu3 fails if the
 * shortest number lies exactly on a bound of the rounding interval, or if the float lies halfway between two candidates. DuckDB then prints
 * the digits of the double.
 */
function shortestFloat(value: number): string {
  const { low, high } = roundingInterval(value);
  for (let fractionDigits = 0; fractionDigits <= 8; fractionDigits += 1) {
    const closest = value.toExponential(fractionDigits);
    // Below a power of two, the interval is half as wide. The closest number may then lie below it, and the next higher one inside it.
    const candidate = Number(closest) < low ? nextUp(value, fractionDigits) : closest;
    const read = Number(candidate);
    if (read < low || read > high) continue;
    const longer = value.toExponential(fractionDigits + 1);
    const isTie = Number(longer) === value && longer.split('e')[0]?.endsWith('5') === true;
    if (read !== low && read !== high && !isTie) return candidate;
    break;
  }
  return value.toExponential();
}

/**
 * A DOUBLE (64 bits) or FLOAT (32 bits) as DuckDB casts it to VARCHAR: the fewest digits that read back as the same number. Numbers below
 * 1e-4 and from 1e16 on have an exponent. All others have a decimal point.
 */
export function floatText(value: number, bits: 32 | 64): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = Math.abs(value);
  if (magnitude === 0) return `${sign}0.0`;
  const { digits, exponent } = digitsOf(bits === 64 ? magnitude.toExponential() : shortestFloat(magnitude));
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const power = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${power}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/**
 * Formats a DECIMAL from its unscaled value. As in DuckDB, a type without digits before the point, such as `DECIMAL(2,2)`, prints `.15`.
 */
export function decimalText(unscaled: bigint, width: number, scale: number): string {
  if (scale === 0) return unscaled.toString();
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, -scale);
  return `${sign}${width === scale && whole === '0' ? '' : whole}.${digits.slice(-scale)}`;
}
