import { exitStatusOf } from './exit-status.ts';

/** Settles at the first termination signal. A second signal ends the process immediately. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let count = 0;
    const listener = (): void => {
      count += 1;
      if (count > 1) process.exit(exitStatusOf({ kind: 'interrupted' }));
      resolve();
    };
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, listener);
  });
}
