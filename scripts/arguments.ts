import { Option } from 'commander';
import { checkCommand, newCommand, runCommand } from '../functions/config/command.ts';
import { usage, wholeNumber } from '../functions/config/usage.ts';

/** Reads the value of an option or variable, which error messages call `name`. Throws `USAGE`. */
type ValueReader<Value> = (text: string, name: string) => Value;

/** One option of a script. Without `value` it is a flag. `value` is the placeholder of its value in help. */
interface ScriptOption {
  readonly value?: string;
  readonly default?: string;
  readonly about: string;
  /** Reads the value. Without a reader, any text is a value. */
  readonly read?: ValueReader<unknown>;
  /** Hidden from help, because only the script's own child processes use it. */
  readonly isInternal?: boolean;
}

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

type ReadValue<Declared> = Declared extends { readonly read: ValueReader<infer Value> } ? Value : string;

/** Option values by option name in camel case. A flag is true if it was given. */
type OptionValues<Options extends Readonly<Record<string, ScriptOption>>> = {
  readonly [Name in keyof Options & string as CamelCase<Name>]: Options[Name] extends { readonly value: string }
    ? Options[Name] extends { readonly default: string }
      ? ReadValue<Options[Name]>
      : ReadValue<Options[Name]> | undefined
    : boolean | undefined;
};

interface Script {
  /** The command that starts the script, without arguments. */
  readonly name: string;
  /** The description shown in help. */
  readonly about: string;
  /** The placeholder and description of an argument that may be repeated. */
  readonly argument?: { readonly name: string; readonly about: string };
}

/**
 * Parses the options and arguments of this script. `--help` prints help and ends the process with status 0. For wrong
 * usage, prints one line and ends the process with status 2.
 */
export function scriptArguments<const Options extends Readonly<Record<string, ScriptOption>>>(
  script: Script,
  options: Options,
): { readonly options: OptionValues<Options>; readonly names: readonly string[] } {
  const parsed = readOrExit(() => parseScriptArguments(script, options, process.argv.slice(2)));
  return parsed ?? process.exit(0);
}

/** Parses arguments. Returns `undefined` if help was requested and printed. Throws `USAGE`. */
export function parseScriptArguments<const Options extends Readonly<Record<string, ScriptOption>>>(
  { name, about, argument }: Script,
  options: Options,
  argv: readonly string[],
): { readonly options: OptionValues<Options>; readonly names: readonly string[] } | undefined {
  const command = newCommand(name).description(about.trim());
  if (argument !== undefined) command.argument(`[${argument.name}...]`, argument.about);
  for (const [flag, { value, default: defaultValue, about: description, isInternal }] of Object.entries(options)) {
    const option = new Option(value === undefined ? `--${flag}` : `--${flag} <${value}>`, description);
    if (isInternal) option.hideHelp();
    command.addOption(defaultValue === undefined ? option : option.default(defaultValue, defaultValue));
  }
  if (!runCommand(command, argv)) return undefined;
  if (argument === undefined) checkCommand(command);
  for (const option of command.options) {
    const given: unknown = command.getOptionValue(option.attributeName());
    const read = options[option.name()]?.read;
    if (read !== undefined && typeof given === 'string') {
      command.setOptionValue(option.attributeName(), read(given, `--${option.name()}`));
    }
  }
  return { options: command.opts<OptionValues<Options>>(), names: command.args };
}

/** Returns what `read` returns. If it throws, prints the message and ends the process with status 2. */
export function readOrExit<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(2);
  }
}

/** Reads a whole number from `least` to `most`, inclusive. */
export function wholeNumberFrom(least: number, most?: number): ValueReader<number> {
  return (text, name) => wholeNumber(text, name, least, most);
}

/** Reads a decimal number such as 1 or 0.05, from `least` to `most`, inclusive. */
export function numberFrom(least: number, most = Number.MAX_SAFE_INTEGER): ValueReader<number> {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (text, name) => {
    const number = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw usage(`${name} must be a number ${range}, not "${text}".`);
  };
}

/** Reads one of several names. */
export function oneOf<const Name extends string>(...names: readonly Name[]): ValueReader<Name> {
  return (text, name) => {
    const found = names.find((each) => each === text);
    if (found !== undefined) return found;
    throw usage(`${name} must be ${names.join(' or ')}, not "${text}".`);
  };
}

/** Reads a list of different items, separated by commas. `expected` describes the list. */
export function listOf<Item>(expected: string, itemOf: (text: string) => Item | undefined): ValueReader<Item[]> {
  return (text, name) => {
    const items = text.split(',').map((each) => itemOf(each.trim()));
    const known = items.filter((item) => item !== undefined);
    if (known.length === items.length) return [...new Set(known)];
    throw usage(`${name} must be ${expected}, not "${text}".`);
  };
}
