import { fileURLToPath } from 'node:url';
import { childEntry, childNodeOptions } from './child-entry.ts';
import { executorEnvironment } from './executor-environment.ts';

/** What every executor runs that is a child of this process. `environment`: what it is given beside what all have. */
export function executorProgram(environment: Readonly<Record<string, string>>) {
  return {
    executorEntry: fileURLToPath(childEntry('executor')),
    execArgv: childNodeOptions(),
    environment: { ...executorEnvironment, ...environment },
  };
}
