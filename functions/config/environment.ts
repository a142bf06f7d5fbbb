/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that are not empty: an empty variable counts as unset. */
export function setVariables(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}

/** Several values in one variable, separated by commas. */
export function listVariable(environment: Environment, name: string): readonly string[] {
  return (environment[name] ?? '').split(',').filter((part) => part !== '');
}

/**
 * The port to listen on from a variable. Kubernetes sets `{NAME}_PORT=tcp://IP:PORT` for every Service of a namespace, which for Services
 * named `volley` or `volley-executor` clashes with our variables. Such values are ignored.
 */
export function portVariable(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value?.startsWith('tcp://') ? undefined : value;
}
