/** The environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the variables that are not empty. An empty variable counts as unset. */
export function setVariables(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}

/** Splits a variable that holds several values, separated by commas. */
export function listVariable(environment: Environment, name: string): readonly string[] {
  return (environment[name] ?? '').split(',').filter((part) => part !== '');
}

/**
 * Reads the port to listen on from a variable. Kubernetes sets `{NAME}_PORT=tcp://IP:PORT` for every Service in a
 * namespace. For Services named `volley` or `volley-executor`, these names clash with our variables, so such values are
 * ignored.
 */
export function portVariable(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value?.startsWith('tcp://') ? undefined : value;
}
