/**
 * Parses the `key=value` folders of a location in the same way as DuckDB: values are not unescaped, and the first value
 * of a repeated key takes precedence.
 */
export function partitionFolders(location: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const folder of location.split(/[/\\]/).slice(0, -1)) {
    const [key, value, ...more] = folder.split('=');
    if (key === undefined || value === undefined || more.length > 0) continue;
    if (!found.has(key)) found.set(key, value);
  }
  return found;
}
