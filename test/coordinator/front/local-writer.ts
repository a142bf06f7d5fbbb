import { Readable } from 'node:stream';
import type { ResultWriter } from '../../../coordinator/front/result/result-writer.ts';
import { writeStored } from '../../../coordinator/front/result/write-stored.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';

/** Returns a result writer that runs in the test process instead of a child process. */
export function localWriter(store: ObjectStore): ResultWriter {
  return {
    write: async (result, format) => {
      const chunks = writeStored(result, format, store);
      const first = await chunks.next();
      async function* all() {
        if (first.done !== true) yield first.value;
        yield* chunks;
      }
      return Readable.from(all(), { objectMode: false });
    },
  };
}
