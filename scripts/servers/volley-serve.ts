/** A coordinator: `volley serve` from dist/ on a free loopback port, and its HTTP client. */
import { startVolleyServer, type VolleyServer } from './volley-server.ts';

/** How long one request waits for the end of a job. */
const WAIT_SECONDS = 60;

/** A job that succeeded. */
export interface RanJob {
  readonly id: string;
  readonly tasks: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** An HTTP client of a coordinator. */
export interface VolleyClient {
  readonly url: string;
  /** Submits a query and waits for its rows. Rejects with the job's error. */
  run(sql: string, settings?: Readonly<Record<string, string>>): Promise<RanJob>;
  /** Deletes a job and its objects. */
  forget(id: string): Promise<void>;
}

export interface VolleyServe extends VolleyClient, VolleyServer {
  /** Ends the coordinator with SIGTERM. Idempotent. */
  close(): Promise<void>;
}

/** Creates a client for a coordinator that needs no token. */
export function askVolleyServe(url: string): VolleyClient {
  const ask = (path: string, method = 'GET', body?: unknown): Promise<Response> =>
    fetch(url + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  return {
    url,
    run: async (sql, settings = {}) => {
      const { id } = await bodyOf<{ readonly id: string }>(await ask('/v1/jobs', 'POST', { sql, settings }));
      let answer = await ask(`/v1/jobs/${id}/result?format=json&wait=${WAIT_SECONDS}`);
      while (answer.status === 409) answer = await ask(`/v1/jobs/${id}/result?format=json&wait=${WAIT_SECONDS}`);
      const { columns, rows } = await bodyOf<Pick<RanJob, 'columns' | 'rows'>>(answer);
      const job = await bodyOf<{ readonly tasks?: { readonly total: number } }>(await ask(`/v1/jobs/${id}`));
      return { id, tasks: job.tasks?.total ?? 0, columns, rows };
    },
    forget: async (id) => {
      const answer = await ask(`/v1/jobs/${id}`, 'DELETE');
      if (!answer.ok) throw new Error(`job ${id} cannot be deleted: ${answer.status} ${await answer.text()}`);
    },
  };
}

/** Starts a coordinator and waits until it listens. If it does not start, rejects with its output. */
export async function startVolleyServe(
  flags: readonly string[],
  environment: Readonly<Record<string, string>>,
  limits: { readonly openFiles?: number } = {},
): Promise<VolleyServe> {
  const args = ['serve', '--insecure', '--port', '0', ...flags];
  const running = await startVolleyServer({ args, environment: { TZ: 'UTC', ...environment }, ...limits });
  return {
    ...askVolleyServe(running.url),
    ...running,
    close: async () => {
      running.signal('SIGTERM');
      await running.exited;
    },
  };
}

async function bodyOf<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the coordinator returned status ${answer.status}: ${text}`);
  // The cast is safe, because the response comes from our own process.
  return JSON.parse(text) as T;
}

/** Converts a job's rows to text, for comparison in tests. */
export function answerOfJob({ columns, rows }: RanJob): {
  readonly columns: RanJob['columns'];
  readonly rows: readonly (readonly (string | null)[])[];
} {
  return { columns, rows: rows.map((row) => row.map((value) => (value === null ? null : String(value)))) };
}
