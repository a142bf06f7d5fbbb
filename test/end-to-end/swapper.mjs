// A worker that atomically swaps pairs of file names until its parent sets the stop flag. Linux only.
import { parentPort, workerData } from 'node:worker_threads';
import koffi from 'koffi';

const AT_FDCWD = -100;
const RENAME_EXCHANGE = 2;
/** The number of consecutive swaps of one pair. It is odd, so each name is a link half of the time. */
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
      // Pause now and then, so that a whole query can run between two swaps.
      if (round % 100 === 0) Atomics.wait(flag, 0, 0, round % 500 === 0 ? 3 : 0);
    }
    Atomics.add(exchanges, 0, BigInt(ROUND));
  }
}
