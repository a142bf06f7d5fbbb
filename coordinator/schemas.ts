import * as z from 'zod/mini';

// Building blocks for the schemas of settings, config files and request bodies. Every message of a schema is a predicate ("must be a
// string"). `firstProblem` puts the path of the value before it.

/** Marks an issue about a name in a map, as opposed to the value under that name. */
const OF_NAME = { params: { isName: true } };

/**
 * An object that may have only the members of `shape`. `expected` is the message for any other value. `advice` contains
 * messages for other member names that users may try.
 */
export function closedObject<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  expected: string,
  advice: ReadonlyMap<string, string> = new Map(),
) {
  const otherwise = `is not one of ${Object.keys(shape).join(', ')}`;
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return expected;
      return advice.get(issue.keys[0] ?? '') ?? otherwise;
    },
  });
}

/**
 * An object with arbitrary names, read as a map. The map keeps even a member named `__proto__`. `checkName` returns the message for an
 * invalid name.
 */
export function mapOf<Value>(
  value: z.ZodMiniType<Value>,
  expected: string,
  checkName: (name: string) => string | undefined = () => undefined,
) {
  const name = z.string().check((context) => {
    const message = checkName(context.value);
    if (message !== undefined) context.issues.push({ code: 'custom', input: context.value, message, ...OF_NAME });
  });
  const entries = z.transform((given: unknown) => (isObject(given) ? new Map(Object.entries(given)) : given));
  return z.pipe(entries, z.map(name, value, { error: expected }));
}

/** Whether a value is an object other than an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The first problem of a value, as a clause: `"tables.a.location" must be a path`. Unknown members come first, because a misspelled
 * name explains why the correct member is missing.
 */
export function firstProblem({ issues }: z.core.$ZodError): string {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return '';
  // Name the list, not the index of its element.
  const path = issue.path.filter((part) => typeof part !== 'number').map(String);
  if (issue.code === 'unrecognized_keys') path.push(issue.keys[0] ?? '');
  if (issue.code === 'custom' && issue.params?.['isName'] === true) path.pop();
  return path.length === 0 ? issue.message : `"${path.join('.')}" ${issue.message}`;
}
