import { type Command, Option } from 'commander';
import { newCommand, repeatable } from '../config/command.ts';

const TEXT = `
Coordinators with the same journal share their jobs. Each can serve requests for every job, and continues the jobs of a
coordinator that died.

Clients send "Authorization: Bearer TOKEN". Tokens come from VOLLEY_TOKEN, or from the file in VOLLEY_TOKEN_FILE, separated by
commas. TOKEN gives access to all jobs. SUBJECT=TOKEN gives a user access only to their own jobs. Without tokens, the coordinator
generates one and keeps it in the state directory. Tokens are required unless the address is a loopback address.

Environment and config file:
  Every flag has a variable (--executor-memory is VOLLEY_EXECUTOR_MEMORY) and a name under "serve" in the config file, except:
  --insecure is only a flag; --table has no variable; --set KEY=VALUE is VOLLEY_KEY; --config is VOLLEY_CONFIG; in the config file, --data,
  --table and --set are outside "serve", as "data", "tables" and "settings".
  VOLLEY_TASK_KEY, or the file in VOLLEY_TASK_KEY_FILE: the key that signs tasks for standalone executors.
  VOLLEY_ETCD_USER, VOLLEY_ETCD_PASSWORD (or _FILE), and PEM files in VOLLEY_ETCD_CA, VOLLEY_ETCD_CERT, VOLLEY_ETCD_KEY: access to etcd.
  VOLLEY_S3_ENDPOINT: the URL of an S3 server other than AWS. AWS_REGION and the AWS credentials: used for Lambda and S3.
  VOLLEY_LAMBDA_ENDPOINT: the URL of a Lambda endpoint other than the region's.

Health:
  GET /healthz returns 200 while the process runs. GET /readyz returns 200 while the journal responds, once the store and the
  executors have responded. A line on stderr reports when one of them becomes unavailable or available again.
  While etcd is unavailable, requests return 503 within seconds. Retry them. Retry submissions with the same Idempotency-Key.
  Jobs wait and are not lost.

Shutdown:
  After SIGTERM or Ctrl-C, the coordinator accepts no more jobs, releases its jobs, and ends. Another coordinator continues the
  jobs, or this coordinator does after a restart. A second Ctrl-C ends the coordinator immediately.

Examples:
  volley serve --data ./tpch
  curl -H "Authorization: Bearer $(cat ~/.local/state/volley/serve/token)" -H 'Content-Type: application/json' \\
       -d '{"sql": "select count(*) from lineitem"}' localhost:8080/v1/jobs
  curl -H "Authorization: Bearer $(cat ~/.local/state/volley/serve/token)" 'localhost:8080/v1/jobs/ID/result?wait=60&format=csv'

  VOLLEY_TASK_KEY_FILE=key volley serve --data /data --store /shared/store --journal etcd://etcd-1:2379,etcd-2:2379/volley \\
       --executors dns:executors:8080`;

const EXECUTORS = `local: child processes, one per core (default)
http://HOST:PORT[,http://HOST:PORT]: standalone executors (volley executor)
dns:NAME:PORT: a standalone executor at every address of a name
lambda:FUNCTION[:VERSION]: an AWS Lambda function, by published version or alias (default: the newest version)
lambda-unpublished:FUNCTION: a function on an emulator without versions`;

const JOURNAL = `where jobs are recorded: a folder for one coordinator (default: in the state directory), or
etcd://HOST:PORT[,HOST:PORT]/PREFIX (etcds: with TLS), for any number of coordinators`;

/** The flags, grouped by the headings of `--help`. */
const GROUPS: Readonly<Record<string, readonly Option[]>> = {
  'Server:': [
    new Option('--host <host>', 'address to listen on (default: 127.0.0.1)'),
    new Option('--port <port>', 'port to listen on; 0 for any free port (default: 8080)'),
    new Option('--insecure', 'require no token; allowed only on a loopback address'),
  ],
  'Tables and files:': [
    repeatable(
      '--data <path>',
      'a folder: every Parquet, CSV or JSON file in it, and every folder of such files, becomes a table (repeatable)',
    ),
    repeatable('--table <name=path>', 'a table by name; repeating a name adds files (repeatable)'),
    repeatable(
      '--allow <path>',
      'a folder or file that jobs may read by name (repeatable; VOLLEY_ALLOW is separated by commas)',
    ),
  ],
  'Fabric:': [
    new Option('--journal <location>', JOURNAL),
    new Option(
      '--store <location>',
      'the object store for shuffles and results: an absolute path or s3://BUCKET/PREFIX (default: in the state directory). Must be writable; checked at start',
    ),
    new Option('--executors <where>', EXECUTORS),
    new Option(
      '--executor-memory <mib>',
      "memory of each executor (default: a share of this machine's memory for local executors, otherwise 1769)",
    ),
    new Option('--function-concurrency <n>', 'concurrent invocations of a function (default: 1000)'),
    new Option('--jobs <n>', 'concurrent jobs; others wait for a coordinator with a free slot (default: 4)'),
    new Option('--name <name>', "this coordinator's name, which should be unique (default: host name and process id)"),
    new Option(
      '--lease <seconds>',
      'how long this coordinator keeps its jobs after it becomes unreachable (default: 10)',
    ),
  ],
  'Configuration:': [
    repeatable('--set <key=value>', 'a setting for all jobs (repeatable; volley --help lists them)'),
    new Option('--config <file>', 'a JSON config file'),
  ],
};

/** Creates the command `volley serve`. */
export function serveCommand(): Command {
  const command = newCommand('volley serve').description(
    'Runs a coordinator, which runs SQL as jobs over HTTP and keeps their results.',
  );
  for (const [group, options] of Object.entries(GROUPS)) {
    for (const option of options) command.addOption(option.helpGroup(group));
  }
  return command.addHelpText('after', TEXT);
}
