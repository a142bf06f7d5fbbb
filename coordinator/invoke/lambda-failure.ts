import { permanentFailure } from '../../engine/task/failed-outcome.ts';
import { MEMORY_EXIT_CODE, outOfMemory } from '../../engine/task/resource-errors.ts';
import type { TaskOutcome } from '../../engine/task/task.ts';
import { lambdaLimits } from './lambda-limits.ts';

/** Lambda's report of a failed function or environment. */
export interface FunctionFailure {
  /** The response payload: `{"errorType": .., "errorMessage": ..}`. */
  readonly payload: string;
  /** The end of the function's log; empty if Lambda did not send it. */
  readonly log: string;
}

/** The outcome of a task that exceeds the payload limit. `said` is a complete sentence about the limit. */
export function taskTooLarge(sizeBytes: number, said: string): TaskOutcome {
  const message = `A task of ${sizeBytes} bytes exceeds the payload limit of a function. Read fewer files, merge small files, or reduce the setting fanout. ${said}`;
  return { kind: 'failed', code: 'TASK_REFUSED', message, retryable: false, details: { sizeBytes } };
}

/** The outcome of a payload that is too large for Lambda; undefined if Lambda accepts the size. */
export function refusalOfSize(sizeBytes: number): TaskOutcome | undefined {
  const most = lambdaLimits.synchronousPayloadBytes;
  return sizeBytes <= most ? undefined : taskTooLarge(sizeBytes, `The limit is ${most} bytes.`);
}

/** The maximum length of a log excerpt in a message, in characters. */
const LOG_SHOWN = 1000;

/**
 * The outcome of a task whose function failed. The executor answers every task with an outcome, so a function error describes the end of
 * the process: it ran out of time, ran out of memory, or ended for another reason.
 */
export function outcomeOfFailure({ payload, log }: FunctionFailure): TaskOutcome {
  const { type, message } = readError(payload);
  if (type === 'Sandbox.Timedout' ? !/init timed out/i.test(message) : /Task timed out after/.test(message)) {
    return { kind: 'timed-out' };
  }
  if (isOutOfMemory(type, message, log)) return permanentFailure(outOfMemory(memoryOf(log).sizeMiB));
  if (type === 'Function.ResponseSizeTooLarge') {
    return {
      kind: 'failed',
      code: 'INTERNAL',
      message: `The outcome of the task is too large: ${message}`,
      retryable: false,
      details: {},
    };
  }
  const said = spokenLines(log);
  const what = type === '' ? message : `${type}: ${message}`;
  return { kind: 'lost', message: `its function failed (${what})${said === '' ? '' : `. Its log ends with: ${said}`}` };
}

function readError(payload: string): { readonly type: string; readonly message: string } {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return { type: '', message: payload };
  }
  const fields = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  return { type: String(fields.get('errorType') ?? ''), message: String(fields.get('errorMessage') ?? payload) };
}

/**
 * Whether a function ran out of memory. Lambda has an error type for this since 2022. Older versions and emulators only report a kill and
 * the memory in use.
 */
function isOutOfMemory(type: string, message: string, log: string): boolean {
  if (type === 'Runtime.OutOfMemory' || /heap out of memory/i.test(log)) return true;
  if (new RegExp(`exit status ${MEMORY_EXIT_CODE}\\b`).test(message)) return true;
  const { sizeMiB, mostMiB } = memoryOf(log);
  return /signal: killed/.test(message) && sizeMiB > 0 && mostMiB >= sizeMiB;
}

/** The memory figures from the report line of the log; 0 if the log has no such line. */
function memoryOf(log: string): { readonly sizeMiB: number; readonly mostMiB: number } {
  const [, size, most] = /Memory Size: (\d+) MB\s+Max Memory Used: (\d+) MB/.exec(log) ?? [];
  return { sizeMiB: Number(size ?? 0), mostMiB: Number(most ?? 0) };
}

/** The last characters that the function itself wrote to the log. */
function spokenLines(log: string): string {
  const lines = log.split('\n').filter((line) => !/^(START|END|REPORT|INIT_START|INIT_REPORT)\b/.test(line));
  return lines.join('\n').trim().slice(-LOG_SHOWN);
}
