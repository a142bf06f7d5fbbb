import { exitStatusOf } from '../process/exit-status.ts';

/** A handler for Ctrl-C and SIGTERM during a command. */
export interface Interruption {
  /** Aborts on the first signal. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  dispose(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort, which cancels the job and cleans up. A second signal ends
 * the process immediately. Its child processes end with it, and the next run deletes its files.
 */
export function onInterrupt(stderr: NodeJS.WriteStream): Interruption {
  const controller = new AbortController();
  const listener = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(exitStatusOf({ kind: 'interrupted' }));
    if (stderr.isTTY) stderr.write('\r\x1b[KCancelling. Press Ctrl-C again to exit immediately.\n');
    controller.abort(name);
  };
  for (const name of SIGNALS) process.on(name, listener);
  return {
    signal: controller.signal,
    dispose() {
      for (const name of SIGNALS) process.off(name, listener);
    },
  };
}
