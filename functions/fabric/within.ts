import { setTimeout as delay } from 'node:timers/promises';
import { FabricError } from '../../engine/errors.ts';

/** Rejects with `STORE_FAILED` where something takes longer than `ms`. `what`: what is said to have not answered. */
export async function within<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const controller = new AbortController();
  const late = delay(ms, undefined, { ref: false, signal: controller.signal }).then(() => {
    throw new FabricError('STORE_FAILED', `${what} has not answered in ${ms} ms.`, { retryable: true });
  });
  late.catch(() => undefined);
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => controller.abort());
}
