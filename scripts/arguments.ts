import { Option } from 'commander';
import { checkCommand, newCommand, runCommand } from '../functions/config/command.ts';

/** One option of a script: a flag, or with `value`, the placeholder of its value. */
interface ScriptOption {
  readonly value?: string;
  readonly default?: string;
  readonly about: string;
  /** For the script's own child processes: help does not list it. */
  readonly isInternal?: boolean;
}

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

/** The values of options by their names in camel case. A flag is true if it was given. */
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
  /** A description for help. */
  readonly about: string;
  /** The placeholder and description of an argument that may be repeated. */
  readonly argument?: { readonly name: string; readonly about: string };
}

/**
 * The options and arguments this script was started with. With `--help` it prints help and ends with status 0; wrong usage is printed
 * with help and ends with status 2.
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
