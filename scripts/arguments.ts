import { Option } from 'commander';
import { checkCommand, newCommand, runCommand } from '../functions/config/command.ts';

/** One option of a script. Without `value` it is a flag. `value` is the placeholder of its value in help. */
interface ScriptOption {
  readonly value?: string;
  readonly default?: string;
  readonly about: string;
  /** Hidden from help, because only the script's own child processes use it. */
  readonly isInternal?: boolean;
}

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

/** Option values by option name in camel case. A flag is true if it was given. */
type OptionValues<Options extends Readonly<Record<string, ScriptOption>>> = {
  readonly [Name in keyof Options & string as CamelCase<Name>]: Options[Name] extends { readonly value: string }
    ? Options[Name] extends { readonly default: string }
      ? string
      : string | undefined
    : boolean | undefined;
};

interface Script {
  /** The command that starts the script, as help shows it. */
  readonly name: string;
  /** The description shown in help. */
  readonly about: string;
  /** The placeholder and description of an argument that may be repeated. */
  readonly argument?: { readonly name: string; readonly about: string };
}

/**
 * Parses the options and arguments of this script. `--help` prints help and ends the process with status 0. For wrong
 * usage, prints the error and help, and ends the process with status 2.
 */
export function scriptArguments<const Options extends Readonly<Record<string, ScriptOption>>>(
  { name, about, argument }: Script,
  options: Options,
): { readonly options: OptionValues<Options>; readonly names: readonly string[] } {
  const command = newCommand(name).description(about.trim());
  if (argument !== undefined) command.argument(`[${argument.name}...]`, argument.about);
  for (const [flag, { value, default: defaultValue, about: description, isInternal }] of Object.entries(options)) {
    const option = new Option(value === undefined ? `--${flag}` : `--${flag} <${value}>`, description);
    if (isInternal) option.hideHelp();
    command.addOption(defaultValue === undefined ? option : option.default(defaultValue, defaultValue));
  }
  try {
    if (!runCommand(command, process.argv.slice(2))) process.exit(0);
    if (argument === undefined) checkCommand(command);
    return { options: command.opts<OptionValues<Options>>(), names: command.args };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${command.helpInformation()}`);
    process.exit(2);
  }
}
