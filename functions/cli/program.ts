import { type Command, Option } from 'commander';
import { RESULT_FORMATS } from '../../coordinator/front/result/format.ts';
import { SETTINGS } from '../../coordinator/settings.ts';
import { checkCommand, misused, newCommand, repeatable, runCommand } from '../config/command.ts';
import { buildVersion, type Flags } from '../config/config.ts';

/** A parsed command line. */
export type Request =
  /** No command: a prompt on a terminal, otherwise the statements on stdin. */
  | { readonly kind: 'interactive'; readonly flags: Flags }
  | { readonly kind: 'sql'; readonly source: StatementSource; readonly flags: Flags }
  | { readonly kind: 'jobs'; readonly flags: Flags }
  | { readonly kind: 'job' | 'resume' | 'cancel'; readonly id: string; readonly flags: Flags }
  /** Run an executor or a coordinator in this process. Each parses its own arguments. */
  | { readonly kind: 'executor' }
  | { readonly kind: 'serve' }
  /** Help or version was printed. */
  | { readonly kind: 'nothing' };

/** The source of statements. */
export type StatementSource =
  | { readonly kind: 'argument'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdin' };

/** The settings and exit statuses, shown at the end of the help text. */
function settingsHelp(): string {
  const settings = SETTINGS.filter(({ reserved }) => reserved === undefined);
  const titles = settings.map(({ name, placeholder }) => `${name}=${placeholder}`);
  const width = Math.max(...titles.map((title) => title.length));
  const lines = settings.map(({ help }, index) => `  ${titles[index]?.padEnd(width)}  ${help}`);
  return `
Settings (--set KEY=VALUE, SET KEY = VALUE in SQL, VOLLEY_KEY in the environment, or "settings" in the config file):
${lines.join('\n')}

Exit status: 0 success, 1 the query failed, 2 wrong usage, 130 interrupted.`;
}

const EXAMPLES = `
Examples:
  volley sql --data ./tpch 'select count(*) from lineitem'
  volley sql --table trips=./2026/*.parquet --format csv 'from trips limit 10' > trips.csv
  volley sql --data ./tpch --explain -f q5.sql
  cat views.sql q1.sql | volley sql --data ./tpch --set fanout=4 --format arrow --output q1.arrow
  volley --data ./tpch                    opens a prompt; end each statement with ;
  volley sql --data s3://bucket/tpch --store s3://bucket/jobs 'show tables'
  volley jobs                             lists jobs whose process is running or was killed
  volley resume ID                        finishes a job without repeating its finished tasks`;

const SQL_EXAMPLES = `
Examples:
  volley sql 'select 1 + 1'
  volley sql --data ./2026 "from './2026/*.parquet' limit 10"
  volley sql --data ./tpch 'show tables; describe lineitem'
  volley sql --data ./tpch 'create view big as from orders where o_totalprice > 1e5; select count(*) from big'
  volley sql --data ./tpch --explain -f q5.sql
  volley sql --data ./tpch --format parquet --output top.parquet 'from orders order by o_totalprice desc limit 100'
  cat views.sql q1.sql | volley sql --data ./tpch --set fanout=4 --summary`;

const INPUT = 'Input:';
const EXECUTION = 'Execution:';
const OUTPUT = 'Output:';

/** All flags. They may appear before or after the name of a command that uses them. */
const FLAGS: Readonly<Record<keyof Flags, Option>> = {
  data: repeatable(
    '--data <path>',
    'a folder or s3://bucket/folder: every Parquet, CSV or JSON file in it, and every folder of such files, becomes a table (repeatable)',
  ).helpGroup(INPUT),
  table: repeatable('--table <name=path>', 'a table by name; repeating a name adds files (repeatable)').helpGroup(
    INPUT,
  ),
  set: repeatable('--set <key=value>', 'a setting, see below (repeatable)').helpGroup(EXECUTION),
  fabric: new Option(
    '--fabric <fabric>',
    'local, or lambda: this machine under the limits of AWS Lambda (default: local)',
  ).helpGroup(EXECUTION),
  store: new Option(
    '--store <location>',
    'the store for shuffles and results: s3://bucket/prefix or an absolute path (default: a local folder)',
  ).helpGroup(EXECUTION),
  config: new Option('--config <file>', 'a JSON config file (default: ~/.config/volley/config.json)').helpGroup(
    EXECUTION,
  ),
  explain: new Option('--explain', 'print the stages of the query without running it').helpGroup(EXECUTION),
  format: new Option('--format <format>', `${RESULT_FORMATS.join(', ')} (default: table)`).helpGroup(OUTPUT),
  output: new Option('--output <file>', 'write the rows to a file, which appears only when complete').helpGroup(OUTPUT),
  quiet: new Option('--quiet', 'do not print progress or a summary').helpGroup(OUTPUT),
  summary: new Option('--summary', 'print a summary of the run on stderr, even if stderr is not a terminal').helpGroup(
    OUTPUT,
  ),
};

const ALL_FLAGS = Object.values(FLAGS);
/** The flags of `volley resume`. The journal of the job has the rest. */
const RESUMING_FLAGS = [
  repeatable(
    '--set <key=value>',
    'memory=MIB, the memory of each executor; the job keeps its other settings',
  ).helpGroup(EXECUTION),
  ...[FLAGS.fabric, FLAGS.format, FLAGS.output, FLAGS.quiet, FLAGS.summary, FLAGS.config],
];

function withFlags(command: Command, flags: readonly Option[]): Command {
  for (const flag of flags) command.addOption(flag);
  return command;
}

/**
 * Parses the arguments (without the program's own two). Prints help and version. Rejects with `USAGE`. Does not check
 * the values, which `loadConfig` does.
 */
export async function parseArguments(argv: readonly string[]): Promise<Request> {
  let request: Request = { kind: 'nothing' };
  const program = withFlags(newCommand('volley'), ALL_FLAGS)
    .description('SQL over files in object storage, on short-lived serverless functions.')
    .version(`volley ${buildVersion()}`, '--version', 'print the version')
    .addHelpText('after', () => `${EXAMPLES}\n${settingsHelp()}`)
    .action((_, command: Command) => {
      // An argument to the program itself is an unknown command.
      const [unknown] = command.args;
      if (unknown !== undefined) {
        const names = command.commands.map((each) => each.name()).join(', ');
        throw misused(`Unknown command '${unknown}'. Valid commands: ${names}.`, command);
      }
      request = { kind: 'interactive', flags: acceptedFlags(command) };
    });
  const subcommand = (name: string, description: string, flags: readonly Option[]): Command =>
    withFlags(program.command(name), flags).description(description).allowExcessArguments(true);
  subcommand('sql [statements]', 'run statements: the argument, a file, or stdin', ALL_FLAGS)
    .addOption(new Option('-f, --file <file>', 'read the statements from this file').helpGroup(INPUT))
    .addHelpText('after', () => `${SQL_EXAMPLES}\n${settingsHelp()}`)
    .action((text: string | undefined, _, command: Command) => {
      const { file, ...flags } = acceptedFlags(command);
      if (text !== undefined && file !== undefined) {
        throw misused('Give the statements or a file, not both.', command);
      }
      request = { kind: 'sql', source: sourceOf(text, file), flags };
    });
  subcommand('jobs', 'list jobs whose process is running or was killed', [FLAGS.config]).action(
    (_, command: Command) => {
      request = { kind: 'jobs', flags: acceptedFlags(command) };
    },
  );
  for (const [name, description, flags] of [
    ['job', 'show a job: its stages, its tasks and its progress', [FLAGS.config]],
    ['resume', 'finish an interrupted job, and print its rows', RESUMING_FLAGS],
    ['cancel', 'cancel a running job, or delete a job whose process was killed', [FLAGS.config]],
  ] as const) {
    subcommand(`${name} <id>`, description, flags).action((id: string, _, command: Command) => {
      const accepted = acceptedFlags(command);
      if (name === 'resume') rejectJournaledSettings(accepted, command);
      request = { kind: name, id, flags: accepted };
    });
  }
  addPrograms(program, (kind) => {
    request = { kind };
  });
  return runCommand(program, argv) ? request : { kind: 'nothing' };
}

/** Adds the commands that are separate programs and parse their own arguments. */
function addPrograms(program: Command, request: (kind: 'serve' | 'executor') => void): void {
  for (const [kind, description] of [
    ['serve', 'run a coordinator, which runs jobs over HTTP on local or remote executors (serve --help)'],
    ['executor', 'run one executor, as a Lambda function or as a server for signed tasks (executor --help)'],
  ] as const) {
    program
      .command(kind)
      .description(description)
      .helpOption(false)
      .allowUnknownOption(true)
      .allowExcessArguments(true)
      .action(() => request(kind));
  }
}

function sourceOf(text: string | undefined, file: string | undefined): StatementSource {
  if (text !== undefined) return { kind: 'argument', text };
  return file === undefined ? { kind: 'stdin' } : { kind: 'file', path: file };
}

/** The flags of a command, before or after its name. Throws `USAGE` for a flag that the command does not use. */
function acceptedFlags(command: Command): Flags & { readonly file?: string } {
  checkCommand(command);
  // The program itself accepts the flags of all commands, before and after their names.
  const flags: Flags & { readonly file?: string } = command.optsWithGlobals();
  const used = command.options.map((option) => option.attributeName());
  const unused = Object.keys(flags).find((name) => !used.includes(name));
  if (unused !== undefined) throw misused(`volley ${command.name()} does not accept --${unused}.`, command);
  return flags;
}

/**
 * Allows only the setting `memory`. A resumed job keeps its other settings in its journal, and only its executors start
 * again.
 */
function rejectJournaledSettings({ set = [] }: Flags, command: Command): void {
  if (set.every((each) => /^\s*memory\s*=/i.test(each))) return;
  throw misused('volley resume accepts only --set memory=MIB. The job keeps its other settings.', command);
}
