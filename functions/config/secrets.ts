import { readFileSync } from 'node:fs';
import { FabricError } from '../../engine/errors.ts';
import type { Environment } from './environment.ts';
import { usage } from './usage.ts';

const SHORTEST_KEY = 16;

/**
 * Reads a secret from a variable, or from the file that `NAME_FILE` names. Returns an empty string if neither is set.
 * Throws `USAGE`.
 */
export function secretOf(environment: Environment, name: string): string {
  const path = environment[`${name}_FILE`];
  return environment[name] || (path ? readText(path) : '').trim();
}

/** Reads several secrets, separated by commas or line breaks, from the same sources as `secretOf`. Throws `USAGE`. */
export function secretsOf(environment: Environment, name: string): readonly string[] {
  return secretOf(environment, name)
    .split(/[,\n]/)
    .flatMap((entry) => (entry.trim() === '' ? [] : [entry.trim()]));
}

/**
 * Reads the keys in `VOLLEY_TASK_KEY`. A coordinator signs with the first key. An executor accepts all of them. Throws
 * `USAGE`.
 */
export function taskKeysOf(environment: Environment): readonly Uint8Array[] {
  const keys = secretsOf(environment, 'VOLLEY_TASK_KEY');
  if (keys.some((key) => key.length < SHORTEST_KEY)) {
    throw usage(`A task key must have at least ${SHORTEST_KEY} characters. Generate one with openssl rand -base64 32.`);
  }
  return keys.map((key) => Buffer.from(key));
}

/** Reads a text file named in the configuration. Throws `USAGE`. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FabricError('USAGE', `The file ${path} cannot be read: ${reason}`, { cause });
  }
}
