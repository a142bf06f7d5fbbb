import { readFileSync } from 'node:fs';
import { FabricError } from '../../engine/errors.ts';
import type { Environment } from './environment.ts';
import { usage } from './usage.ts';

const SHORTEST_KEY = 16;

/** A secret from a variable, or from the file that `NAME_FILE` names; empty if neither is set. Throws `USAGE`. */
export function secretOf(environment: Environment, name: string): string {
  const path = environment[`${name}_FILE`];
  return environment[name] || (path ? readText(path) : '').trim();
}

/** Several secrets, separated by commas or line breaks, from the sources that `secretOf` reads. Throws `USAGE`. */
export function secretsOf(environment: Environment, name: string): readonly string[] {
  return secretOf(environment, name)
    .split(/[,\n]/)
    .flatMap((entry) => (entry.trim() === '' ? [] : [entry.trim()]));
}

/** The keys of `VOLLEY_TASK_KEY`: a coordinator signs with the first, an executor accepts all. Throws `USAGE`. */
export function taskKeysOf(environment: Environment): readonly Uint8Array[] {
  const keys = secretsOf(environment, 'VOLLEY_TASK_KEY');
  if (keys.some((key) => key.length < SHORTEST_KEY)) {
    throw usage(`A task key needs at least ${SHORTEST_KEY} characters.`);
  }
  return keys.map((key) => Buffer.from(key));
}

/** The text of a file that the configuration names. Throws `USAGE`. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FabricError('USAGE', `The file ${path} cannot be read: ${reason}`, { cause });
  }
}
