import { asFabricError, type FabricError } from '../../engine/errors.ts';

/** What the process says to its shell: done, failed, misused, interrupted. */
export type ExitStatus = 0 | 1 | 2 | 130;

/** The one place where an error becomes an exit status. */
export function exitStatusOf(error: FabricError): ExitStatus {
  switch (error.code) {
    case 'USAGE':
      return 2;
    case 'CANCELLED':
      return 130;
    default:
      return 1;
  }
}

/** An error as a person reads it on stderr: its code and message, a stack trace only when debugging. */
export function errorText(thrown: unknown, isDebugging: boolean): string {
  const error = asFabricError(thrown);
  const lines = [`volley: ${error.code}: ${error.message}`];
  if (isDebugging) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      lines.push(cause.stack ?? cause.message);
  } else if (error.code === 'INTERNAL') {
    lines.push('This is a defect of Volley. Set VOLLEY_DEBUG=1 to see where it happened.');
  }
  return `${lines.join('\n')}\n`;
}
