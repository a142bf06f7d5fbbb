import type { Environment } from './environment.ts';

/**
 * What a variable says of the port to listen on; undefined where it says nothing. Kubernetes tells every container of a namespace where
 * its Services are, as `{NAME}_PORT=tcp://IP:PORT`: of a Service named `volley` in `VOLLEY_PORT`, of `volley-executor` in
 * `VOLLEY_EXECUTOR_PORT`. Nobody meant that for this process, so it is passed over.
 */
export function portVariable(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value?.startsWith('tcp://') ? undefined : value;
}
