/**
 * Splits parts of any size into blocks of exactly `blockBytes`. The last block may be shorter. There is always at least
 * one block, which may be empty. Holds at most one block in memory.
 */
export async function* blocks(
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  blockBytes: number,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly isLast: boolean }> {
  let run: Uint8Array[] = [];
  let runBytes = 0;
  for await (const part of parts) {
    let rest = part;
    while (rest.length > 0) {
      // A full block is held until another byte arrives, because only then is it known not to be the last.
      if (runBytes === blockBytes) {
        yield { bytes: joined(run, runBytes), isLast: false };
        [run, runBytes] = [[], 0];
      }
      const taken = rest.subarray(0, blockBytes - runBytes);
      run.push(taken);
      runBytes += taken.length;
      rest = rest.subarray(taken.length);
    }
  }
  yield { bytes: joined(run, runBytes), isLast: true };
}

function joined(run: readonly Uint8Array[], runBytes: number): Uint8Array {
  const [only] = run;
  if (only !== undefined && run.length === 1) return only;
  return Buffer.concat(run, runBytes);
}
