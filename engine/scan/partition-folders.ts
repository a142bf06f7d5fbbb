/** What the folders of a location say (`key=value`), by DuckDB's rules: as it stands there, and of two values of a key the first counts. */
export function partitionFolders(location: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const folder of location.split(/[/\\]/).slice(0, -1)) {
    const [key, value, ...more] = folder.split('=');
    if (key === undefined || value === undefined || more.length > 0) continue;
    if (!found.has(key)) found.set(key, value);
  }
  return found;
}
