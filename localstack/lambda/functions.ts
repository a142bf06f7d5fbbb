import { lambdaLimits } from '../../coordinator/invoke/lambda-limits.ts';
import type { FunctionImage } from './container.ts';

/** One function, as it would be deployed. */
export interface FunctionConfig {
  /** What an execution environment runs: a program and its arguments, which serves the Runtime API. */
  readonly command: readonly string[];
  /** Runs it in containers of an image, whose own command is taken where `command` is empty; without it, in processes. */
  readonly image?: FunctionImage;
  /** The folder it runs in. */
  readonly folder?: string;
  /** Its environment besides Lambda's own; nothing of this process's but PATH reaches it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  /** Invocations at once; without it the account's limit holds. 0 switches the function off. */
  readonly reservedConcurrency?: number;
}

/** Functions by name. */
export type Functions = Readonly<Record<string, FunctionConfig>>;

/** Reads functions from JSON: `{"name": {"command": [..], "memoryMiB": 512, "timeoutSeconds": 60, ..}}`. Throws an `Error` that names what is wrong. */
export function parseFunctions(json: string): Functions {
  const value: unknown = JSON.parse(json);
  if (!isObject(value)) throw new Error('Functions are one JSON object, from names to functions.');
  return Object.fromEntries(Object.entries(value).map(([name, config]) => [name, parseFunction(name, config)]));
}

function parseFunction(name: string, value: unknown): FunctionConfig {
  const wrong = (what: string): Error => new Error(`The function ${name} is wrong: ${what}.`);
  if (!isObject(value)) throw wrong('it must be an object');
  const { command = [], image, folder, environment = {} } = value;
  const { memoryMiB = 128, timeoutSeconds = 3, reservedConcurrency } = value;
  if (!isTexts(command) || (command.length === 0 && image === undefined)) {
    throw wrong('"command" must be a list of texts, where there is no "image"');
  }
  if (image !== undefined && typeof image !== 'string') throw wrong('"image" must be the name of one');
  if (folder !== undefined && typeof folder !== 'string') throw wrong('"folder" must be a path');
  if (!isObject(environment) || !isTexts(Object.values(environment)))
    throw wrong('"environment" must hold texts by name');
  const number = (key: string, given: unknown, least: number, most: number): number => {
    if (typeof given === 'number' && Number.isInteger(given) && given >= least && given <= most) return given;
    throw wrong(`"${key}" must be a whole number from ${least} to ${most}`);
  };
  const { memoryMiB: memory, timeoutSeconds: timeout } = lambdaLimits;
  return {
    command,
    ...(image === undefined ? {} : { image: { name: image, flags: [] } }),
    ...(folder === undefined ? {} : { folder }),
    environment: Object.fromEntries(Object.entries(environment).map(([key, text]) => [key, String(text)])),
    memoryMiB: number('memoryMiB', memoryMiB, memory.least, memory.most),
    timeoutSeconds: number('timeoutSeconds', timeoutSeconds, timeout.least, timeout.most),
    ...(reservedConcurrency === undefined
      ? {}
      : { reservedConcurrency: number('reservedConcurrency', reservedConcurrency, 0, 100_000) }),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
