/** What `work` gives, unless the signal aborts before: rejects with its reason then. What was begun goes on, for nobody. */
export async function raceAbort<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const listening = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: listening.signal });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    listening.abort();
  }
}
