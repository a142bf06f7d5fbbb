/** Makes names unique, for the keys of a JSON object: the second `a` becomes `a_1`, as in DuckDB, or gets the next free number. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let number = 1;
    while (taken.has(`${name}_${number}`)) number += 1;
    const unique = `${name}_${number}`;
    taken.add(unique);
    seen.add(unique);
    return unique;
  });
}
