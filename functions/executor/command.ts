import { type Command, Option } from 'commander';
import { checkCommand, newCommand, repeatable, runCommand } from '../config/command.ts';

/** The flags of `volley executor`. */
export interface ExecutorFlags {
  readonly store?: string;
  readonly allow?: readonly string[];
  readonly host?: string;
  readonly port?: string;
  readonly concurrency?: string;
  readonly memory?: string;
  readonly scratch?: string;
}

const TEXT = `
If AWS_LAMBDA_RUNTIME_API is set, the executor runs as a Lambda function. It reads only environment variables
and ignores these flags.

Environment:
  VOLLEY_TASK_KEY, or the file in VOLLEY_TASK_KEY_FILE: the accepted task keys, separated by commas or line
  breaks.
  VOLLEY_S3_ENDPOINT, VOLLEY_S3_REGION: the URL and region of an S3 server other than AWS. The AWS SDK finds the credentials.

Examples:
  VOLLEY_TASK_KEY_FILE=key volley executor --store /shared/store --allow /data
  VOLLEY_TASK_KEY_FILE=key volley executor --store s3://bucket/jobs --allow s3://bucket/data --host 0.0.0.0 --concurrency 4`;

const GROUPS: Readonly<Record<string, readonly Option[]>> = {
  'Server:': [
    new Option('--host <host>', 'address to listen on (VOLLEY_EXECUTOR_HOST, default: 127.0.0.1)'),
    new Option('--port <port>', 'port to listen on; 0 for any free port (VOLLEY_EXECUTOR_PORT, default: 8080)'),
  ],
  'Tasks:': [
    new Option('--store <location>', 'the object store: an absolute path or s3://bucket/prefix (VOLLEY_STORE)'),
    repeatable(
      '--allow <location>',
      'a folder or file that tasks may read, or s3://bucket/prefix (repeatable; VOLLEY_ALLOW is separated by commas)',
    ),
    new Option(
      '--concurrency <n>',
      'concurrent tasks, each in its own process (VOLLEY_EXECUTOR_CONCURRENCY, default: 1)',
    ),
    new Option(
      '--memory <mib>',
      "memory of each of these processes (VOLLEY_EXECUTOR_MEMORY, default: an equal share of the machine's memory)",
    ),
    new Option(
      '--scratch <folder>',
      "folder for spilled data (VOLLEY_SCRATCH, default: a new folder in the system's temporary folder)",
    ),
  ],
};

function executorCommand(): Command {
  const command = newCommand('volley executor').description('Runs one executor, which accepts signed tasks over HTTP.');
  for (const [group, options] of Object.entries(GROUPS)) {
    for (const option of options) command.addOption(option.helpGroup(group));
  }
  return command.addHelpText('after', TEXT);
}

/** Parses the arguments of `volley executor`. Returns `undefined` if help was requested and printed. Throws `USAGE`. */
export function parseExecutorFlags(argv: readonly string[]): ExecutorFlags | undefined {
  const command = executorCommand();
  if (!runCommand(command, argv)) return undefined;
  checkCommand(command);
  return command.opts<ExecutorFlags>();
}
