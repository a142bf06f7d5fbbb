/**
 * A name as DuckDB compares it: ASCII letters in lower case, everything else unchanged. `toLowerCase` is not the same: it makes the Kelvin
 * sign (U+212A) a `k`.
 */
export function foldName(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
