/** The variables of a process, as a configuration reads them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Those that hold something: a variable that is empty counts as not set. */
export function setVariables(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}
