import { lambdaLimits } from '../../coordinator/invoke/lambda-limits.ts';
import type { FunctionImage } from './container.ts';

/** The configuration of one function. */
export interface FunctionConfig {
  /** The program and arguments of an execution environment. It must serve the Runtime API. */
  readonly command: readonly string[];
  /**
   * Runs the function in containers of an image. An empty `command` selects the image's command. If absent, the
   * function runs in processes.
   */
  readonly image?: FunctionImage;
  /** The function's working folder. */
  readonly folder?: string;
  /** Environment variables in addition to Lambda's. The function inherits only PATH from this process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  /** The maximum number of concurrent invocations. Defaults to the account's limit. 0 disables the function. */
  readonly reservedConcurrency?: number;
}

/** Functions by name. */
export type Functions = Readonly<Record<string, FunctionConfig>>;

/**
 * Parses functions from JSON: `{"name": {"command": [..], "memoryMiB": 512, "timeoutSeconds": 60, ..}}`. Throws an
 * `Error` that describes the problem.
 */
export function parseFunctions(json: string): Functions {
  const value = parseJson(json);
  if (!isObject(value)) throw new Error('The functions file must be a JSON object that maps names to functions.');
  return Object.fromEntries(Object.entries(value).map(([name, config]) => [name, parseFunction(name, config)]));
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The functions file is not valid JSON: ${reason}.`, { cause });
  }
}

function parseFunction(name: string, value: unknown): FunctionConfig {
  const wrong = (what: string): Error => new Error(`The function ${name} is invalid: ${what}.`);
  if (!isObject(value)) throw wrong('it must be an object');
  const { command = [], image, folder, environment = {} } = value;
  const { memoryMiB = 128, timeoutSeconds = 3, reservedConcurrency } = value;
  if (!isTexts(command) || (command.length === 0 && image === undefined)) {
    throw wrong('without "image", "command" must be a list of strings');
  }
  if (image !== undefined && typeof image !== 'string') throw wrong('"image" must be the name of an image');
  if (folder !== undefined && typeof folder !== 'string') throw wrong('"folder" must be a path');
  if (!isObject(environment) || !isTexts(Object.values(environment)))
    throw wrong('"environment" must be an object that maps names to strings');
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
