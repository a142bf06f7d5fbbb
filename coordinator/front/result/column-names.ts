/**
 * Makes names unique so that they can be keys of a JSON object. As in DuckDB, the second `a` becomes `a_1`, or gets the next free number.
 */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set(names);
  /** For each name found so far, the last number appended to it, or 0. All numbers up to this one are taken. */
  const numbers = new Map<string, number>();
  return names.map((name) => {
    const last = numbers.get(name);
    if (last === undefined) {
      numbers.set(name, 0);
      return name;
    }
    let number = last + 1;
    while (taken.has(`${name}_${number}`)) number += 1;
    numbers.set(name, number);
    const unique = `${name}_${number}`;
    taken.add(unique);
    return unique;
  });
}
