import { Command, CommanderError, Option } from 'commander';
import type { FabricError } from '../../engine/errors.ts';
import { usage } from './usage.ts';

// The shared setup for the commands of the program and its scripts. Commander parses arguments and prints help. Errors
// are thrown, so that they are reported like all others.

/** Creates a command that throws its errors and rejects undeclared arguments. */
export function newCommand(name: string): Command {
  const command = new Command(name);
  if (isNpmScript(name)) command.usage('-- [options]');
  return command
    .helpOption('-h, --help', 'print this help')
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ helpWidth: 110 })
    .exitOverride()
    .allowExcessArguments(true);
}

/** Creates a repeatable flag that collects all its values. */
export function repeatable(flag: string, description: string): Option {
  return new Option(flag, description).argParser((value: string, previous: readonly string[] = []) => [
    ...previous,
    value,
  ]);
}

/** Runs a command on its arguments. Returns false if it only printed help or the version. Throws `USAGE`. */
export function runCommand(command: Command, argv: readonly string[]): boolean {
  const repeated = repeatedOptions(command);
  try {
    command.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return false;
    throw misused(problemOf(error), command);
  }
  const [again] = repeated;
  if (again !== undefined) throw misused(`${again} was given more than once, but accepts only one value.`, command);
  return true;
}

/**
 * Returns a set that parsing fills with the options that have one value but were given several times. Commander keeps
 * the last value.
 */
function repeatedOptions(program: Command): ReadonlySet<string> {
  const [given, repeated] = [new Set<string>(), new Set<string>()];
  const watch = (command: Command): void => {
    for (const option of command.options) {
      if (option.isBoolean() || option.parseArg !== undefined) continue;
      const name = option.long ?? option.flags;
      command.on(`option:${option.name()}`, () => (given.has(name) ? repeated : given).add(name));
    }
    command.commands.forEach(watch);
  };
  watch(program);
  return repeated;
}

/** Returns Commander's message as sentences. */
function problemOf(error: CommanderError): string {
  const message = error.message.replace(/^error: /, '').replace(/ argument missing$/, ' requires a value');
  const [problem = '', suggested] = message.split(/\s*\(Did you mean (.*)\?\)$/);
  return `${sentence(problem)}${suggested === undefined ? '' : ` Did you mean ${suggested}?`}`;
}

/**
 * Throws `USAGE` for an argument that the command does not declare, and for a flag with an empty value, because
 * commander accepts both. `--port=$PORT` with an unset variable must not silently select the default.
 */
export function checkCommand(command: Command): void {
  const unexpected = command.args[command.registeredArguments.length];
  if (unexpected !== undefined)
    throw misused(`${fullName(command)} does not accept the argument "${unexpected}".`, command);
  for (let each: Command | null = command; each !== null; each = each.parent) {
    for (const option of each.options) {
      const value: unknown = each.getOptionValue(option.attributeName());
      if (value === '' || (Array.isArray(value) && value.includes(''))) {
        throw usage(`${option.long} has an empty value. Specify a value, or omit the flag.`);
      }
    }
  }
}

/** Creates the error for a command line that does not match the usage of a command. */
export function misused(problem: string, command: Command): FabricError {
  const name = fullName(command);
  return usage(`${problem} Run ${name}${isNpmScript(name) ? ' --' : ''} --help for usage.`);
}

/** Whether npm runs the command. npm passes only the arguments after `--`. */
function isNpmScript(name: string): boolean {
  return name.startsWith('npm run ');
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!)]$/.test(text) ? '' : '.'}`;
}
