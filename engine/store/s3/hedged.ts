import type { S3Place } from './request.ts';

/**
 * Starts a read, and a second one if the first is slower than nearly all previous reads. Returns the first result and
 * aborts the other read. If both fail, rejects with the error of the first read.
 */
export async function hedged(
  place: S3Place,
  sizeBytes: number,
  read: (signal: AbortSignal) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const { hedging } = place.connection;
  const begun = performance.now();
  const losers = new AbortController();
  const first = read(losers.signal);
  const delayMs = hedging.delayMs(sizeBytes);
  const isSlow = delayMs !== undefined && !(await settledWithin(first, delayMs)) && hedging.mayHedge();
  const bytes = await (isSlow ? firstOf(place, first, read(losers.signal)).finally(() => losers.abort()) : first);
  hedging.record(sizeBytes, performance.now() - begun);
  return bytes;
}

async function firstOf(place: S3Place, first: Promise<Uint8Array>, second: Promise<Uint8Array>): Promise<Uint8Array> {
  place.counter.hedges += 1;
  const winner = await Promise.any([
    first.then((bytes) => ({ bytes, isSecond: false })),
    second.then((bytes) => ({ bytes, isSecond: true })),
  ]).catch(async () => ({ bytes: await first, isSecond: false }));
  if (winner.isSecond) place.counter.hedgesWon += 1;
  return winner.bytes;
}

/** Returns whether the work settles within this time. */
async function settledWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const settled = work.then(
    () => true,
    () => true,
  );
  return await Promise.race([settled, late]).finally(() => clearTimeout(timer));
}
