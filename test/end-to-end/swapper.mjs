// A worker that exchanges pairs of names atomically and without pause, until its parent sets the flag. Linux only.
import { parentPort, workerData } from 'node:worker_threads';
import koffi from 'koffi';

const AT_FDCWD = -100;
const RENAME_EXCHANGE = 2;
/** Exchanges of one pair in a row. Odd, so that each name spends half of the time as a link. */
const ROUND = 1001;

const rename = koffi.load(null).func('int renameat2(int, const char *, int, const char *, unsigned int)');
const { pairs, stop, counter } = workerData;
const flag = new Int32Array(stop);
const exchanges = new BigInt64Array(counter);
parentPort.postMessage('ready');
while (Atomics.load(flag, 0) === 0) {
  for (const [left, right] of pairs) {
    for (let round = 0; round < ROUND; round += 1) {
      if (rename(AT_FDCWD, left, AT_FDCWD, right, RENAME_EXCHANGE) !== 0) throw new Error(`Cannot exchange ${left}`);
      // Now and then the pair pauses, so that a whole query can run between two exchanges.
      if (round % 100 === 0) Atomics.wait(flag, 0, 0, round % 500 === 0 ? 3 : 0);
    }
    Atomics.add(exchanges, 0, BigInt(ROUND));
  }
}
