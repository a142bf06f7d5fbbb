import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { decodeStream } from '../../engine/arrow/decode-stream.ts';
import { joinParts } from '../../engine/arrow/encode-stream.ts';
import { decodeFooter } from '../../engine/shuffle/decode-footer.ts';
import { createPartitionWriter } from '../../engine/shuffle/write.ts';
import { anyTable, batchOf, type LogicalTable, rowsOf } from '../arrow/logical-values.ts';

let spillDirectory = '';
before(async () => {
  spillDirectory = await mkdtemp(join(tmpdir(), 'volley-shuffle-'));
});
after(() => rm(spillDirectory, { recursive: true }));

function write(
  table: LogicalTable,
  ids: readonly number[] | undefined,
  partitions: number,
  batches: number,
  memoryLimitBytes: number,
) {
  const writer = createPartitionWriter({ fields: table.fields, partitions, memoryLimitBytes, spillDirectory });
  for (let i = 0; i < batches; i++)
    writer.append(batchOf(table), ids === undefined ? undefined : Uint32Array.from(ids));
  const finished = writer.finish();
  const object = joinParts(finished.parts);
  writer.abort();
  assert.equal(object.length, finished.sizeBytes);
  assert.equal(finished.rows, table.rows.length * batches);
  assert.deepEqual(object.subarray(object.length - finished.footer.length), finished.footer);
  return { object, ranges: decodeFooter(finished.footer, 'x') };
}

function readPartition(object: Uint8Array, range: { readonly offset: number; readonly sizeBytes: number }) {
  if (range.sizeBytes === 0) return [];
  const stream = decodeStream(object.subarray(range.offset, range.offset + range.sizeBytes));
  return stream.batches.flatMap((batch) => rowsOf(stream.fields, batch));
}

for (const memoryLimitBytes of [1 << 30, 0]) {
  test(`every row goes to its partition, in order, with ${memoryLimitBytes} bytes of memory`, () => {
    fc.assert(
      fc.property(
        anyTable(4, 40),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        (table, partitions, batches, useIds, stream) => {
          const ids = table.rows.map(() => stream.next().value % partitions);
          const { object, ranges } = write(table, useIds ? ids : undefined, partitions, batches, memoryLimitBytes);
          for (const [partition, range] of ranges.entries()) {
            const once = table.rows.filter((_, row) => (useIds ? ids[row] : 0) === partition);
            const expected = Array.from({ length: batches }, () => once).flat();
            assert.equal(range.rows, expected.length);
            assert.deepEqual(readPartition(object, range), expected);
          }
        },
      ),
    );
  });
}
