/** The variables of a process, as a configuration reads them. */
export type Environment = Readonly<Record<string, string | undefined>>;
