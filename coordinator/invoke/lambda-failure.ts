import { permanentFailure } from '../../engine/task/failed-outcome.ts';
import { MEMORY_EXIT_CODE, outOfMemory } from '../../engine/task/resource-errors.ts';
import type { TaskOutcome } from '../../engine/task/task.ts';
import { lambdaLimits } from './lambda-limits.ts';

/** Lambda's report of a failed function or environment. */
export interface FunctionFailure {
  /** The payload: `{"errorType": .., "errorMessage": ..}`. */
  readonly payload: string;
  /** The end of the function's log; empty if Lambda sent none. */
  readonly log: string;
}

/** The outcome of a task larger than the payload limit. `said`: the refusal, as a complete sentence. */
export function taskTooLarge(sizeBytes: number, said: string): TaskOutcome {
  const message = `A task of ${sizeBytes} bytes exceeds the payload limit of a function. Read fewer files at a time, merge small ones, or reduce the setting fanout. ${said}`;
  return { kind: 'failed', code: 'TASK_REFUSED', message, retryable: false, details: { sizeBytes } };
}

/** The outcome of a payload that Lambda would refuse because of its size; undefined if Lambda accepts it. */
export function refusalOfSize(sizeBytes: number): TaskOutcome | undefined {
  const most = lambdaLimits.synchronousPayloadBytes;
  return sizeBytes <= most ? undefined : taskTooLarge(sizeBytes, `The limit is ${most} bytes.`);
}

/** The maximum length of a log excerpt in a message, in characters. */
const LOG_SHOWN = 1000;

/**
 * The task's outcome after a function error. Our executor answers every task with an outcome, so a function error describes what happened
 * to the process: it ran out of time, out of memory, or ended otherwise.
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
      message: `An outcome was too large: ${message}`,
      retryable: false,
      details: {},
    };
  }
  const said = spokenLines(log);
  const what = type === '' ? message : `${type}: ${message}`;
  return { kind: 'lost', message: `its function failed, ${what}${said === '' ? '' : `, saying: ${said}`}` };
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

/** Lambda has named this error since 2022. Older versions and emulators only show a kill with all memory in use. */
function isOutOfMemory(type: string, message: string, log: string): boolean {
  if (type === 'Runtime.OutOfMemory' || /heap out of memory/i.test(log)) return true;
  if (new RegExp(`exit status ${MEMORY_EXIT_CODE}\\b`).test(message)) return true;
  const { sizeMiB, mostMiB } = memoryOf(log);
  return /signal: killed/.test(message) && sizeMiB > 0 && mostMiB >= sizeMiB;
}

/** The memory figures in the log's last report line; 0 if there are none. */
function memoryOf(log: string): { readonly sizeMiB: number; readonly mostMiB: number } {
  const [, size, most] = /Memory Size: (\d+) MB\s+Max Memory Used: (\d+) MB/.exec(log) ?? [];
  return { sizeMiB: Number(size ?? 0), mostMiB: Number(most ?? 0) };
}

/** The end of the function's own output. */
function spokenLines(log: string): string {
  const lines = log.split('\n').filter((line) => !/^(START|END|REPORT|INIT_START|INIT_REPORT)\b/.test(line));
  return lines.join('\n').trim().slice(-LOG_SHOWN);
}
