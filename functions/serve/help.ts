/** What `volley serve --help` says. */
export const HELP = `Usage: volley serve [flags]

A coordinator: takes SQL as jobs over HTTP, cuts them into tasks, has executors run these, and keeps results for a while. Several
coordinators of one journal share their jobs: any of them answers for every job, and goes on with those of one that died.

Where it listens, and who may ask
  --host HOST           where to listen (default 127.0.0.1)
  --port PORT           0 for any (default 8080)
  --insecure            no token is asked for; on a loopback address only
  Clients send "Authorization: Bearer TOKEN". Tokens come from VOLLEY_TOKEN, or the file that VOLLEY_TOKEN_FILE names: TOKEN, or
  SUBJECT=TOKEN for somebody who sees just the own jobs, several with commas between. Without one, a token is made and put into the
  state directory; beyond the loopback one must be given.

What jobs can read
  --data PATH           every Parquet, CSV or JSON file, or folder of such files, in this folder is a table (repeatable)
  --table NAME=PATH     a table by name; the same name again adds files (repeatable)
  --allow PATH          a folder or file that jobs may name files of (repeatable; VOLLEY_ALLOW, separated by commas)

What it runs on
  --journal LOCATION    where jobs are kept: a folder, for one coordinator (default: in the state directory), or
                        etcd://HOST:PORT[,HOST:PORT]/PREFIX (etcds: with TLS), for any number of them
  --store LOCATION      the object store for what tasks write: an absolute path or s3://BUCKET/PREFIX (default: in
                        the state directory). It is written to at start, and must let itself be
  --executors WHERE     local: child processes, one a core (the default)
                        http://HOST:PORT[,http://HOST:PORT]: standalone executors (volley executor)
                        dns:NAME:PORT: one at every address of a name
                        lambda:FUNCTION[:VERSION]: an AWS Lambda function, by a published version or an alias (default: the newest)
                        lambda-unpublished:FUNCTION: one of an emulator that has no versions
  --executor-memory MIB memory of each (default: a share of this machine's for local ones, else 1769)
  --function-concurrency N   invocations of a function at once (default 1000)
  --jobs N              jobs at once; others wait for any coordinator that has room (default 4)
  --name NAME           this coordinator's name, best one that no other has (default: host name and process id)
  --lease SECONDS       its jobs stay its own for so long when it vanishes (default 10)

  --set KEY=VALUE       a setting for all jobs (repeatable; volley --help lists them)
  --config FILE         a JSON config file

Flags can be given in the environment as well (--executor-memory is VOLLEY_EXECUTOR_MEMORY), or by name under "serve" in the config
file. Not so: --insecure is a flag only; --table has no variable; --set KEY=VALUE is VOLLEY_KEY; --config is VOLLEY_CONFIG; and
what --data, --table and --set say stands beside "serve", as "data", "tables" and "settings".

Tasks for standalone executors are signed with the key in VOLLEY_TASK_KEY or the file that VOLLEY_TASK_KEY_FILE names.
For etcd: VOLLEY_ETCD_USER, VOLLEY_ETCD_PASSWORD (or _FILE), and the PEM files VOLLEY_ETCD_CA, VOLLEY_ETCD_CERT, VOLLEY_ETCD_KEY.
S3 is AWS's own, or that of VOLLEY_S3_ENDPOINT. For Lambda: AWS_REGION, the usual AWS credentials, VOLLEY_LAMBDA_ENDPOINT for another
endpoint than the region's.

GET /healthz says that it lives; GET /readyz that the journal answers, and that store and executors have answered once since the start.
When one of them is away, or back, a line on stderr says so. While etcd is away requests get 503 within seconds: send them again, submissions
with the same Idempotency-Key. Jobs wait, and none is lost.

SIGTERM or Ctrl-C: it takes no more jobs, lets go of those it has, and ends; others go on with them, or it does when it is back.
A second Ctrl-C ends it at once.

Examples:
  volley serve --data ./tpch
  curl -H "Authorization: Bearer $(cat ~/.local/state/volley/serve/token)" -H 'Content-Type: application/json' \\
       -d '{"sql": "select count(*) from lineitem"}' localhost:8080/v1/jobs
  curl -H "Authorization: Bearer $(cat ~/.local/state/volley/serve/token)" 'localhost:8080/v1/jobs/ID/result?wait=60&format=csv'

  VOLLEY_TASK_KEY_FILE=key volley serve --data /data --store /shared/store --journal etcd://etcd-1:2379,etcd-2:2379/volley \\
       --executors dns:executors:8080
`;
