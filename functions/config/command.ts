import { Command, CommanderError, Option } from 'commander';
import type { FabricError } from '../../engine/errors.ts';
import { usage } from './usage.ts';

// The shared setup for the commands of the program and its scripts. Commander parses arguments and prints help. Errors
// are thrown, so that they are reported like all others.

/** Creates a command that throws its errors and rejects undeclared arguments. */
export function newCommand(name: string): Command {
  return new Command(name)
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
  try {
    command.parse([...argv], { from: 'user' });
    return true;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return false;
    throw misused(sentence(error.message.replace(/^error: /, '')), command);
  }
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
  return usage(`${problem} Run ${fullName(command)} --help for usage.`);
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!)]$/.test(text) ? '' : '.'}`;
}
