/**
 * Whether a key, or a folder of keys, is one of those allowed or below it: `data` allows `data` and `data/part`, never `database`. The
 * empty one allows all.
 */
export function isKeyAllowed(key: string, allowed: readonly string[]): boolean {
  return allowed.some((folder) => folder === '' || key === folder || key.startsWith(`${folder}/`));
}
