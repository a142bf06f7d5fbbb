import { Agent, type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { FUNCTION_DEADLINE_MARGIN_MS } from '../../coordinator/invoke/executor-protocol.ts';
import { decodeTaskEnvelope, encodeOutcomeEnvelope } from '../../engine/task/envelope.ts';
import { failedOutcome } from '../../engine/task/failed-outcome.ts';
import type { RunTask } from './handle-task.ts';

export interface RuntimeApiOptions {
  /** Host and port of the Runtime API, from `AWS_LAMBDA_RUNTIME_API`. */
  readonly api: string;
  /** Prepares the function before its first task. A rejection is reported as a failed start. */
  readonly start: () => Promise<RunTask>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const BASE = '/2018-06-01/runtime';

/**
 * Serves as an AWS Lambda function: receives tasks from the Runtime API one at a time and returns the outcome of each,
 * until the platform kills the process. Rejects if the function cannot start or the Runtime API fails.
 */
export async function serveRuntimeApi({ api, start }: RuntimeApiOptions): Promise<never> {
  const { hostname, port } = new URL(`http://${api}`);
  // Keep one connection open, because the platform freezes the process between tasks.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const call = (method: 'GET' | 'POST', path: string, body?: string, type?: string): Promise<Answer> =>
    send({ agent, hostname, port, method, path: BASE + path, headers: errorHeaders(type) }, body);
  let run: RunTask;
  try {
    run = await start();
  } catch (error) {
    await call('POST', '/init/error', errorBody(error), 'Runtime.InitError');
    throw error;
  }
  for (;;) {
    const { status, headers, body } = await call('GET', '/invocation/next');
    const id = headers['lambda-runtime-aws-request-id'];
    if (status !== 200 || typeof id !== 'string') throw new Error(`The Runtime API returned status ${status}: ${body}`);
    let outcome: string;
    try {
      outcome = await answerInvocation(run, body, Number(headers['lambda-runtime-deadline-ms']));
    } catch (error) {
      await call('POST', `/invocation/${id}/error`, errorBody(error), 'Runtime.UnknownReason');
      continue;
    }
    const sent = await call('POST', `/invocation/${id}/response`, outcome);
    // The API rejects oversized responses, and the platform reports the error to the caller. The function continues.
    if (sent.status >= 300) process.stderr.write(`The Runtime API rejected an outcome: ${sent.status} ${sent.body}\n`);
  }
}

/**
 * Runs the task in the event of an invocation, given as text or parsed, and returns the envelope of its outcome. The task ends before the
 * function's own deadline, in ms since the epoch, so that its outcome can still be sent. Never rejects.
 */
export async function answerInvocation(run: RunTask, event: unknown, functionDeadlineMs: number): Promise<string> {
  // The platform cannot cancel an invocation.
  const { signal } = new AbortController();
  const lastMs = functionDeadlineMs - FUNCTION_DEADLINE_MARGIN_MS;
  try {
    const task = decodeTaskEnvelope(event);
    if (lastMs <= 0 || task.deadlineMs <= lastMs) return encodeOutcomeEnvelope(await run(task, signal));
    const outcome = await run({ ...task, deadlineMs: lastMs }, signal);
    return encodeOutcomeEnvelope(
      outcome.kind === 'timed-out' ? { ...outcome, limit: "its function's time limit" } : outcome,
    );
  } catch (error) {
    return encodeOutcomeEnvelope(failedOutcome(error));
  }
}

function send(options: RequestOptions, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString() });
      });
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

function errorHeaders(type: string | undefined): Readonly<Record<string, string>> {
  return type === undefined
    ? { 'content-type': 'application/json' }
    : { 'content-type': 'application/vnd.aws.lambda.error+json', 'lambda-runtime-function-error-type': type };
}

function errorBody(thrown: unknown): string {
  const { code, message } = failedOutcome(thrown);
  return JSON.stringify({ errorType: code, errorMessage: message, stackTrace: [] });
}
