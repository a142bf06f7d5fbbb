/**
 * Folds a name to the form that DuckDB compares. ASCII letters become lower case, and everything else is unchanged. `toLowerCase` differs,
 * because it converts the Kelvin sign (U+212A) to `k`.
 */
export function foldName(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
