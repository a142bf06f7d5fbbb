import { setTimeout as delay } from 'node:timers/promises';
import type { DependencyWatch } from './dependency-watch.ts';

/** Watches that have begun. */
export interface BegunWatches {
  /** Rejects where a dependency was never reached and cannot be as things are set; settles never otherwise. */
  readonly wrong: Promise<never>;
  close(): void;
}

/** How long a start waits for what does not answer: it may be started later than this process. */
const START_MS = 3000;

/**
 * Begins watches. Rejects, and ends them, where a dependency answers that it cannot be used as it is set; what does not answer may be
 * started later, and is waited for in the background.
 */
export async function beginWatches(watches: readonly DependencyWatch[]): Promise<BegunWatches> {
  let fail: (error: unknown) => void = () => undefined;
  const wrong = new Promise<never>((_, reject) => {
    fail = reject;
  });
  wrong.catch(() => undefined);
  const close = () => {
    for (const watch of watches) watch.close();
  };
  const begun = Promise.all(watches.map((watch) => watch.begin(fail)));
  begun.catch(fail);
  await Promise.race([begun, delay(START_MS, undefined, { ref: false })]).catch((error) => {
    close();
    throw error;
  });
  return { wrong, close };
}
