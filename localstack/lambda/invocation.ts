import { lambdaLimits } from '../../coordinator/invoke/lambda-limits.ts';

/** The result of an invocation, as the Invoke API returns it. */
export interface InvocationResult {
  readonly id: string;
  /** The function's response, or the JSON `{errorType, errorMessage}` of its error. */
  readonly body: Buffer;
  /** Whether the function or its environment failed, as in the header `X-Amz-Function-Error: Unhandled`. */
  readonly failed: boolean;
  /** The end of the log, including the platform's lines. */
  readonly log: string;
  /** Whether a new environment was started for the invocation. */
  readonly cold: boolean;
}

/** The body of a function error. */
export function errorBody(errorType: string, errorMessage: string): Buffer {
  return Buffer.from(JSON.stringify({ errorType, errorMessage }));
}

/** Keeps the end of an environment's output. */
export class LogTail {
  #text = '';

  write(text: string): void {
    this.#text = (this.#text + text).slice(-lambdaLimits.logTailBytes);
  }

  clear(): void {
    this.#text = '';
  }

  get text(): string {
    return this.#text;
  }
}

/**
 * Formats the platform's report line for an invocation. Durations are in milliseconds. As on Lambda, 1 MB is 2^20
 * bytes.
 */
export function reportLine(report: {
  readonly id: string;
  readonly durationMs: number;
  readonly memoryMiB: number;
  readonly mostMemoryMiB: number;
  readonly initMs: number | undefined;
  readonly error: string | undefined;
}): string {
  const parts = [
    `REPORT RequestId: ${report.id}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(report.durationMs)} ms`,
    `Memory Size: ${report.memoryMiB} MB`,
    `Max Memory Used: ${Math.min(report.memoryMiB, Math.ceil(report.mostMemoryMiB))} MB`,
    ...(report.initMs === undefined ? [] : [`Init Duration: ${report.initMs.toFixed(2)} ms`]),
    ...(report.error === undefined ? [] : ['Status: error', `Error Type: ${report.error}`]),
  ];
  return `${parts.join('\t')}\t\n`;
}
