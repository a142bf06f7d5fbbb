import { asFabricError } from '../../engine/errors.ts';
import { isClosed } from './output-closed.ts';

/** Exit statuses: success, failure, wrong usage, interrupted. */
export type ExitStatus = 0 | 1 | 2 | 130;

/**
 * The end of a command. An error in the phase `starting` comes from the arguments, the environment or the config file.
 */
export type CommandEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'failed'; readonly phase: 'starting' | 'running'; readonly error: unknown };

/**
 * Maps the end of a command to its exit status. No other code does. A reader that closes stdout early is not a failure.
 */
export function exitStatusOf(end: CommandEnd): ExitStatus {
  switch (end.kind) {
    case 'done':
      return 0;
    case 'interrupted':
      return 130;
    case 'failed': {
      if (isClosed(end.error)) return 0;
      const { code } = asFabricError(end.error);
      if (code === 'CANCELLED') return 130;
      if (code === 'INTERNAL') return 1;
      return end.phase === 'starting' || code === 'USAGE' ? 2 : 1;
    }
    default:
      return end satisfies never;
  }
}

/** Formats an error for stderr: the code and the message, and a stack trace only when debugging. */
export function errorText(thrown: unknown, isDebugging: boolean): string {
  const error = asFabricError(thrown);
  const lines = [`volley: ${error.code}: ${error.message}`];
  if (isDebugging) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      lines.push(cause.stack ?? cause.message);
  } else if (error.code === 'INTERNAL') {
    lines.push('This is a defect in Volley. Set VOLLEY_DEBUG=1 to see a stack trace.');
  }
  return `${lines.join('\n')}\n`;
}
