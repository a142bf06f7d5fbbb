import { Command, CommanderError, Option } from 'commander';
import { RESULT_FORMATS } from '../../coordinator/front/result/format.ts';
import { FabricError } from '../../engine/errors.ts';
import { buildVersion, type Flags } from '../config/config.ts';
import { refuseEmptyFlags } from '../config/usage.ts';

/** What the command line asks for. */
export type Request =
  /** No command: a REPL on a terminal, else the statements on stdin. */
  | { readonly kind: 'interactive'; readonly flags: Flags }
  | { readonly kind: 'sql'; readonly source: StatementSource; readonly flags: Flags }
  | { readonly kind: 'jobs'; readonly flags: Flags }
  | { readonly kind: 'job' | 'resume' | 'cancel'; readonly id: string; readonly flags: Flags }
  /** This process becomes an executor or a coordinator, which reads its arguments itself. */
  | { readonly kind: 'executor' }
  | { readonly kind: 'serve' }
  /** Help or version was printed. */
  | { readonly kind: 'nothing' };

/** Where statements come from. */
export type StatementSource =
  | { readonly kind: 'argument'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdin' };

const SETTINGS = `
Settings (--set KEY=VALUE, SET KEY = VALUE in SQL, VOLLEY_KEY in the environment, "settings" in the config file):
  fanout=auto|N           how many tasks a scan or shuffle is cut into
  broadcast_limit=BYTES   build sides up to this are broadcast; 0 turns broadcast joins off
  timeout=30s             the job fails after so long
  memory=MIB              memory of one executor; of Lambda functions the smallest with as much
  retries=N               how often a failed task is tried again
  shuffle_compression=lz4 rows that go between tasks are compressed (default: none)
  result_ttl=1h           how long volley serve keeps a result; has no effect elsewhere, and is refused there
  timezone=NAME           the session's time zone

Exit status: 0 done, 1 the query failed, 2 wrong usage, 130 interrupted.`;

const EXAMPLES = `
Examples:
  volley sql --data ./tpch 'select count(*) from lineitem'
  volley sql --table trips=./2026/*.parquet --format csv 'from trips limit 10' > trips.csv
  volley sql --data ./tpch --explain -f q5.sql
  cat views.sql q1.sql | volley sql --data ./tpch --set fanout=4 --format arrow --output q1.arrow
  volley --data ./tpch                    a prompt: type statements, end them with ;
  volley sql --data s3://bucket/tpch --store s3://bucket/jobs 'show tables'
  volley jobs                             jobs whose process is running or was killed
  volley resume ID                        finishes one without running its finished tasks again
${SETTINGS}`;

const SQL_EXAMPLES = `
Examples:
  volley sql 'select 1 + 1'
  volley sql "from './2026/*.parquet' limit 10"
  volley sql --data ./tpch 'show tables; describe lineitem'
  volley sql --data ./tpch 'create view big as from orders where o_totalprice > 1e5; select count(*) from big'
  volley sql --data ./tpch --explain -f q5.sql
  volley sql --data ./tpch --format parquet --output top.parquet 'from orders order by o_totalprice desc limit 100'
  cat views.sql q1.sql | volley sql --data ./tpch --set fanout=4 --summary
${SETTINGS}`;

const collect = (value: string, previous: readonly string[] | undefined): readonly string[] => [
  ...(previous ?? []),
  value,
];

const repeatable = (flag: string, description: string): Option => new Option(flag, description).argParser(collect);

/** The flags there are. They may stand before or after the name of a command that takes them. */
const FLAGS: Readonly<Record<keyof Flags, Option>> = {
  data: repeatable(
    '--data <path>',
    'every Parquet, CSV or JSON file, or folder of such files, in this folder or s3://bucket/folder is a table (repeatable)',
  ),
  table: repeatable('--table <name=path>', 'a table by name; the same name again adds files (repeatable)'),
  set: repeatable('--set <key=value>', 'a setting, see below (repeatable)'),
  fabric: new Option(
    '--fabric <fabric>',
    'local, or lambda: on this machine too, under the limits of Lambda (default: local)',
  ),
  format: new Option('--format <format>', `${RESULT_FORMATS.join(', ')} (default: table)`),
  output: new Option('--output <file>', 'write the rows to a file, whole or not at all'),
  explain: new Option('--explain', 'print the stages instead of running them'),
  quiet: new Option('--quiet', 'no progress, no summary'),
  summary: new Option('--summary', 'sum up what ran on stderr, also where that is no terminal'),
  store: new Option(
    '--store <location>',
    'where jobs keep their objects: s3://bucket/prefix or an absolute path (default: a local folder)',
  ),
  config: new Option('--config <file>', 'a JSON config file (default: ~/.config/volley/config.json)'),
};

const ALL_FLAGS = Object.values(FLAGS);
/** What a job that is there needs to be told: all else is in its journal. */
const RESUMING_FLAGS = [
  repeatable('--set <key=value>', 'memory=MIB: more for each executor; the job keeps its other settings'),
  ...[FLAGS.fabric, FLAGS.format, FLAGS.output, FLAGS.quiet, FLAGS.summary, FLAGS.config],
];

function withFlags(command: Command, flags: readonly Option[]): Command {
  for (const flag of flags) command.addOption(flag);
  return command;
}

/**
 * Reads the arguments (without the program's own two). Prints help and version by itself. Rejects with `USAGE`; values are checked
 * by `loadConfig`.
 */
export async function parseArguments(argv: readonly string[]): Promise<Request> {
  let request: Request = { kind: 'nothing' };
  const program = withFlags(new Command('volley'), ALL_FLAGS)
    .description('SQL over files in object storage, on functions that live for seconds.')
    .version(`volley ${buildVersion()}`, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXAMPLES)
    // What is wrong is thrown, and said where all errors are.
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    // Excess arguments of the program itself are commands that there are not.
    .allowExcessArguments(true)
    .action((_, command: Command) => {
      const [unknown] = command.args;
      if (unknown !== undefined) {
        const known = command.commands.map((each) => each.name()).join(', ');
        throw misused(`There is no command '${unknown}'. Commands are ${known}.`);
      }
      const flags: Flags = command.optsWithGlobals();
      refuseEmptyFlags(flags);
      request = { kind: 'interactive', flags };
    });
  const subcommand = (name: string, description: string, taken: readonly Option[]): Command =>
    withFlags(program.command(name), taken)
      .description(description)
      .helpOption('-h, --help', 'print this help')
      .allowExcessArguments(false);
  subcommand('sql [statements]', 'run statements: the argument, a file, or stdin', ALL_FLAGS)
    .option('-f, --file <file>', 'read the statements from a file')
    .addHelpText('after', SQL_EXAMPLES)
    .action((text: string | undefined, _, command: Command) => {
      const { file, ...flags } = takenFlags(command);
      request = { kind: 'sql', source: sourceOf(text, file), flags };
    });
  const jobs = subcommand('jobs', 'list the jobs whose process is running or was killed', [FLAGS.config]);
  jobs.action((_, command: Command) => {
    request = { kind: 'jobs', flags: takenFlags(command) };
  });
  for (const [name, description, taken] of [
    ['job', 'show a job: its stages, tasks and what it has read so far', [FLAGS.config]],
    ['resume', 'finish a job whose process was killed or whose rows were not written, and print them', RESUMING_FLAGS],
    ['cancel', 'cancel a running job; forget one whose process was killed', [FLAGS.config]],
  ] as const) {
    subcommand(`${name} <id>`, description, taken).action((id: string, _, command: Command) => {
      const flags = takenFlags(command);
      if (name === 'resume') refuseJournaledSettings(flags);
      request = { kind: name, id, flags };
    });
  }
  addPrograms(program, (kind) => {
    request = { kind };
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'nothing' };
    throw misused(sentence(error.message.replace(/^error: /, '')));
  }
  return request;
}

/** Commands that are programs of their own, and read their arguments themselves. */
function addPrograms(program: Command, ask: (kind: 'serve' | 'executor') => void): void {
  for (const [kind, description] of [
    ['serve', 'run a coordinator: jobs over HTTP, on executors of this machine or any other (serve --help)'],
    ['executor', 'run one executor: a Lambda function, or a server that takes signed tasks (executor --help)'],
  ] as const) {
    program
      .command(kind)
      .description(description)
      .helpOption(false)
      .allowUnknownOption(true)
      .allowExcessArguments(true)
      .action(() => ask(kind));
  }
}

function sourceOf(text: string | undefined, file: string | undefined): StatementSource {
  if (text !== undefined && file !== undefined) throw misused('Give the statements or a file, not both.');
  if (text !== undefined) return { kind: 'argument', text };
  return file === undefined ? { kind: 'stdin' } : { kind: 'file', path: file };
}

function misused(what: string, program = 'volley'): FabricError {
  return new FabricError('USAGE', `${what} Run ${program} --help to see what it takes.`);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!)]$/.test(text) ? '' : '.'}`;
}

/** A command's flags, wherever they stand. Throws `USAGE` for one that it would pass over. */
function takenFlags(command: Command): Flags & { readonly file?: string } {
  // The program takes the flags of all commands, before their names and after.
  const flags: Flags & { readonly file?: string } = command.optsWithGlobals();
  refuseEmptyFlags(flags);
  const taken = command.options.map((option) => option.attributeName());
  const passedOver = Object.keys(flags).find((name) => !taken.includes(name));
  if (passedOver === undefined) return flags;
  const program = `volley ${command.name()}`;
  throw misused(`${program} takes no --${passedOver}.`, program);
}

/** A job's settings are in its journal; executors are started anew. */
function refuseJournaledSettings({ set = [] }: Flags): void {
  const other = set.find((each) => !/^\s*memory\s*=/i.test(each));
  if (other === undefined) return;
  throw misused(`volley resume takes no --set but memory=MIB: the job keeps its own settings.`, 'volley resume');
}
