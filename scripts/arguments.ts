import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * The options this script was started with. With `--help` it prints the usage and ends with status 0; what it cannot take it names, and ends
 * with status 2.
 */
export function scriptArguments<Given extends Options>(usage: string, options: Given) {
  return readOrTeach(usage, () => parseArgs({ options }).values);
}

/** The names that a script was started with which takes no options; otherwise as `scriptArguments`. */
export function scriptNames(usage: string): string[] {
  return readOrTeach(usage, () => parseArgs({ options: {}, allowPositionals: true }).positionals);
}

function readOrTeach<Result>(usage: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (process.argv.includes('--help') || process.argv.includes('-h')) {
      process.stdout.write(`${usage.trim()}\n`);
      process.exit(0);
    }
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage.trim()}\n`);
    process.exit(2);
  }
}
