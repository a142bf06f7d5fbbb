import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeStream } from '../../../engine/arrow/decode-stream.ts';
import { encodeStream, joinParts } from '../../../engine/arrow/encode-stream.ts';
import { anyTable, batchOf, rowsOf } from './logical-values.ts';

// fast-check prints the seed of a failed run.
test('round-trips a stream of any fields and batches', () => {
  fc.assert(
    fc.property(anyTable(4, 20), fc.integer({ min: 0, max: 3 }), (table, copies) => {
      const batches = Array.from({ length: copies }, () => batchOf(table));
      const stream = decodeStream(joinParts(encodeStream(table.fields, batches)));
      assert.deepEqual(stream.fields, table.fields);
      assert.equal(stream.batches.length, copies);
      for (const batch of stream.batches) assert.deepEqual(rowsOf(stream.fields, batch), table.rows);
    }),
  );
});
