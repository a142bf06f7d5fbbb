import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Message } from 'apache-arrow/fb/message';
import { RecordBatch } from 'apache-arrow/fb/record-batch';
import fc from 'fast-check';
import { ByteBuffer } from 'flatbuffers';
import type { ArrowField } from '../../../engine/arrow/batch.ts';
import { decodeStream } from '../../../engine/arrow/decode-stream.ts';
import {
  END_OF_STREAM,
  encodeBatchMessage,
  encodeSchemaMessage,
  encodeStream,
  joinParts,
} from '../../../engine/arrow/encode-stream.ts';
import { FabricError } from '../../../engine/errors.ts';
import { anyTable, batchOf, rowsOf } from './logical-values.ts';

const FIELDS: readonly ArrowField[] = [
  { name: 'n', type: { kind: 'int', bits: 32, signed: true } },
  { name: 't', type: { kind: 'utf8' } },
  { name: 'l', type: { kind: 'list', child: { name: 'item', type: { kind: 'int', bits: 8, signed: true } } } },
];
const ROWS = [
  ['01000000', 'ab', ['01', '02']],
  [null, 'cä', ['03']],
  ['03000000', null, null],
];
const SCHEMA = encodeSchemaMessage(FIELDS);
const BATCH = joinParts(encodeBatchMessage(FIELDS, batchOf({ fields: FIELDS, rows: ROWS })));
const STREAM = joinParts([SCHEMA, BATCH, END_OF_STREAM]);

/** Returns the byte position in the stream where buffer `index` of the batch starts. */
function bufferStart(index: number): number {
  const metadataBytes = new DataView(BATCH.buffer).getInt32(4, true);
  const message = Message.getRootAsMessage(new ByteBuffer(BATCH.subarray(8, 8 + metadataBytes)));
  const header: RecordBatch | null = message.header(new RecordBatch());
  return SCHEMA.length + 8 + metadataBytes + Number(header?.buffers(index)?.offset());
}

function changed(change: (view: DataView, bytes: Uint8Array) => void): Uint8Array {
  const bytes = new Uint8Array(STREAM);
  change(new DataView(bytes.buffer), bytes);
  return bytes;
}

// The buffers of the batch, in order: n validity, n values, t validity, t offsets, t bytes, l validity, l offsets, item validity,
// item values.
const [TEXT_OFFSETS, TEXT_BYTES, LIST_OFFSETS] = [3, 4, 6];

const MALFORMED: readonly { readonly what: string; readonly bytes: Uint8Array; readonly message: RegExp }[] = [
  { what: 'an empty stream', bytes: new Uint8Array(0), message: /truncated/ },
  {
    what: 'text instead of a stream',
    bytes: Buffer.from('hello, this is not Arrow data'),
    message: /no message at byte 0/,
  },
  { what: 'a stream without a schema', bytes: joinParts([END_OF_STREAM]), message: /no schema/ },
  {
    what: 'a batch before the schema',
    bytes: joinParts([BATCH, END_OF_STREAM]),
    message: /does not begin with a schema/,
  },
  { what: 'two schemas', bytes: joinParts([SCHEMA, SCHEMA, END_OF_STREAM]), message: /second schema/ },
  { what: 'a stream without an end marker', bytes: STREAM.subarray(0, -8), message: /truncated/ },
  { what: 'bytes after the end marker', bytes: joinParts([STREAM, new Uint8Array(8)]), message: /continues after/ },
  { what: 'a truncated body', bytes: STREAM.subarray(0, STREAM.length - 64), message: /body is truncated/ },
  { what: 'truncated metadata', bytes: STREAM.subarray(0, SCHEMA.length + 32), message: /metadata is truncated/ },
  { what: 'a negative metadata length', bytes: changed((view) => view.setInt32(4, -64, true)), message: /metadata/ },
  {
    what: 'decreasing text offsets',
    bytes: changed((view) => view.setInt32(bufferStart(TEXT_OFFSETS) + 4, 100, true)),
    message: /"t".*decrease/,
  },
  {
    what: 'a negative text offset',
    bytes: changed((view) => view.setInt32(bufferStart(TEXT_OFFSETS), -1, true)),
    message: /"t".*decrease/,
  },
  {
    what: 'text offsets past the end of the text',
    bytes: changed((view) => view.setInt32(bufferStart(TEXT_OFFSETS) + 12, 1 << 20, true)),
    message: /"t".*exceed/,
  },
  {
    what: 'list offsets past the last element',
    bytes: changed((view) => view.setInt32(bufferStart(LIST_OFFSETS) + 12, 100, true)),
    message: /"item" with 3 rows/,
  },
  {
    what: 'decreasing list offsets',
    bytes: changed((view) => view.setInt32(bufferStart(LIST_OFFSETS) + 4, 4, true)),
    message: /"l".*decrease/,
  },
  {
    what: 'text that is not UTF-8',
    bytes: changed((_, bytes) => bytes.fill(0xff, bufferStart(TEXT_BYTES), bufferStart(TEXT_BYTES) + 1)),
    message: /not UTF-8 in row 0.*"t"/,
  },
  {
    what: 'a character split between two rows',
    bytes: changed((view) => view.setInt32(bufferStart(TEXT_OFFSETS) + 8, 4, true)),
    message: /not UTF-8 in row 1.*"t"/,
  },
];

test('accepts the undamaged stream', () => {
  const { fields, batches } = decodeStream(STREAM);
  assert.deepEqual(
    batches.flatMap((batch) => rowsOf(fields, batch)),
    ROWS,
  );
});

for (const { what, bytes, message } of MALFORMED) {
  test(`rejects ${what}`, () => {
    assert.throws(
      () => decodeStream(bytes, 'f.arrow'),
      (error) => {
        assert.ok(error instanceof FabricError);
        assert.equal(error.code, 'INPUT_INVALID');
        assert.match(error.message, /^f\.arrow /);
        assert.match(error.message, message);
        return true;
      },
    );
  });
}

test('accepts invalid UTF-8 in the text of a NULL row', () => {
  // Row 2 of t is NULL. Move the last character of row 1 into row 2 and damage it there.
  const bytes = changed((view, all) => {
    view.setInt32(bufferStart(TEXT_OFFSETS) + 8, 3, true);
    all[bufferStart(TEXT_BYTES) + 3] = 0xff;
  });
  const { fields, batches } = decodeStream(bytes);
  assert.deepEqual(
    batches.flatMap((batch) => rowsOf(fields, batch)).map((row) => row[1]),
    ['ab', 'c', null],
  );
});

test('reads a stream that is not aligned in memory', () => {
  for (const shift of [1, 4, 8]) {
    const shifted = new Uint8Array(STREAM.length + shift).subarray(shift);
    shifted.set(STREAM);
    const { fields, batches } = decodeStream(shifted);
    assert.deepEqual(
      batches.flatMap((batch) => rowsOf(fields, batch)),
      ROWS,
    );
  }
});

test('throws no error other than FabricError for a randomly changed stream', () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(anyTable(3, 8), changes, (table, places) => {
      const bytes = joinParts(encodeStream(table.fields, [batchOf(table)]));
      for (const [place, value] of places) bytes[place % bytes.length] = value;
      try {
        const { fields, batches } = decodeStream(bytes);
        // `rowsOf` reads every value and throws if a column is shorter than its batch.
        for (const batch of batches) if (batch.rows <= 1000) rowsOf(fields, batch);
      } catch (error) {
        assert.ok(error instanceof FabricError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

test('rejects a schema with circular references in bounded time', () => {
  const nested: ArrowField = {
    name: '',
    type: {
      kind: 'struct',
      fields: Array.from({ length: 8 }, () => FIELDS[0] ?? { name: '', type: { kind: 'null' } }),
    },
  };
  const bytes = joinParts(encodeStream([nested, nested], []));
  for (let at = 8; at < bytes.length; at++) {
    const broken = new Uint8Array(bytes);
    // Small backward and forward references can form cycles.
    for (const value of [0, 0xfc, 4, 8]) {
      broken[at] = value;
      try {
        decodeStream(broken);
      } catch (error) {
        assert.ok(error instanceof FabricError, String(error));
      }
    }
  }
});
