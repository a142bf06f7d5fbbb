import { MEMORY_EXIT_CODE } from '../../engine/execute/end-process.ts';
import { outOfMemory } from '../../engine/execute/resource-errors.ts';
import type { TaskOutcome } from '../../engine/task/task.ts';
import { lambdaLimits } from './lambda-limits.ts';
import { unsendableOutcome } from './unsendable-outcome.ts';

/** What Lambda says of an invocation in which the function, or its environment, failed. */
export interface FunctionFailure {
  /** The payload: `{"errorType": .., "errorMessage": ..}`. */
  readonly payload: string;
  /** The end of the function's log; empty where it did not come. */
  readonly log: string;
}

/** The outcome of a task that is larger than a function takes. `said`: by whoever refused it, a sentence of its own. */
export function taskTooLarge(sizeBytes: number, said: string): TaskOutcome {
  const message = `A task of ${sizeBytes} bytes is larger than a function takes. Read fewer files at a time, or merge small ones, so that it names fewer; a smaller fanout leaves fewer objects to read. ${said}`;
  return { kind: 'failed', code: 'TASK_REFUSED', message, retryable: false, details: { sizeBytes } };
}

/** What Lambda would say of a task of so many bytes as JSON; undefined where it takes it. */
export function refusalOfSize(sizeBytes: number): TaskOutcome | undefined {
  const most = lambdaLimits.synchronousPayloadBytes;
  return sizeBytes <= most ? undefined : taskTooLarge(sizeBytes, `A payload may have ${most} bytes.`);
}

/** Of the log as much goes into a message. */
const LOG_SHOWN = 1000;

/**
 * What a function error means for the task. Our executor answers every task with an outcome, so a function error is the platform's word
 * on what became of the process: it ran out of time, out of memory, or ended otherwise.
 */
export function outcomeOfFailure({ payload, log }: FunctionFailure): TaskOutcome {
  const { type, message } = readError(payload);
  if (type === 'Sandbox.Timedout' ? !/init timed out/i.test(message) : /Task timed out after/.test(message)) {
    return { kind: 'timed-out' };
  }
  if (isOutOfMemory(type, message, log)) return unsendableOutcome(outOfMemory(memoryOf(log).sizeMiB));
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

/** Lambda names it since 2022; before, and in emulators, a kill with all memory in use is all there is to see. */
function isOutOfMemory(type: string, message: string, log: string): boolean {
  if (type === 'Runtime.OutOfMemory' || /heap out of memory/i.test(log)) return true;
  if (new RegExp(`exit status ${MEMORY_EXIT_CODE}\\b`).test(message)) return true;
  const { sizeMiB, mostMiB } = memoryOf(log);
  return /signal: killed/.test(message) && sizeMiB > 0 && mostMiB >= sizeMiB;
}

/** The figures of the log's last line about an invocation; 0 where it has none. */
function memoryOf(log: string): { readonly sizeMiB: number; readonly mostMiB: number } {
  const [, size, most] = /Memory Size: (\d+) MB\s+Max Memory Used: (\d+) MB/.exec(log) ?? [];
  return { sizeMiB: Number(size ?? 0), mostMiB: Number(most ?? 0) };
}

/** The end of what the function itself printed. */
function spokenLines(log: string): string {
  const lines = log.split('\n').filter((line) => !/^(START|END|REPORT|INIT_START|INIT_REPORT)\b/.test(line));
  return lines.join('\n').trim().slice(-LOG_SHOWN);
}
