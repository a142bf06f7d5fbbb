import assert from 'node:assert/strict';
import { constants } from 'node:buffer';
import { test } from 'node:test';
import { type BatchFormat, formatResult, RESULT_FORMATS } from '../../../../coordinator/front/result/format.ts';
import type { Result, ResultColumn } from '../../../../coordinator/front/result/result.ts';
import { writeStored } from '../../../../coordinator/front/result/write-stored.ts';
import type { ArrowColumn, ArrowField } from '../../../../engine/arrow/batch.ts';
import { FabricError } from '../../../../engine/errors.ts';
import type { DataType } from '../../../../engine/plan/types.ts';
import { createFileStore } from '../../../../engine/store/file.ts';
import { temporaryFolder } from '../../../engine/scan/parquet-fixture.ts';
import { textOf } from './query-result.ts';

const MAX = constants.MAX_STRING_LENGTH;
const VARCHAR: DataType = { kind: 'scalar', name: 'VARCHAR' };
const BLOB: DataType = { kind: 'scalar', name: 'BLOB' };
const BIT: DataType = { kind: 'scalar', name: 'BIT' };
const TEXT: ArrowField = { name: 'a', type: { kind: 'utf8' } };
const BYTES: ArrowField = { name: 'a', type: { kind: 'binary' } };

const manyX = Buffer.alloc(MAX + 2000, 'x');

/** Returns a text or binary column whose values have these lengths and consist of one byte. */
function column(lengths: readonly number[], fill = 120): ArrowColumn {
  const offsets = new Int32Array(lengths.length + 1);
  for (const [row, length] of lengths.entries()) offsets[row + 1] = (offsets[row] ?? 0) + length;
  const end = offsets.at(-1) ?? 0;
  const bytes = fill === 120 ? manyX.subarray(0, end) : Buffer.alloc(end, fill);
  return { rows: lengths.length, buffers: [new Uint8Array(offsets.buffer), bytes], children: [] };
}

function resultOf(columns: readonly (readonly [DataType, ArrowField, ArrowColumn])[], rows: number): Result {
  const named: readonly ResultColumn[] = columns.map(([type], index) => ({ name: `c${index}`, type }));
  async function* batches() {
    yield { fields: columns.map(([, field]) => field), batch: { rows, columns: columns.map(([, , each]) => each) } };
  }
  return { columns: named, timeZone: 'UTC', batches: batches() };
}

async function lengthOf(chunks: AsyncIterable<string | Uint8Array>): Promise<number> {
  let length = 0;
  for await (const chunk of chunks) length += chunk.length;
  return length;
}

const textFormats = RESULT_FORMATS.filter((each): each is Exclude<BatchFormat, 'arrow'> => {
  return each !== 'parquet' && each !== 'arrow';
});

for (const format of textFormats) {
  test(`rejects a value that is too long for the format ${format} with OUTPUT_FAILED and names its column`, async () => {
    const result = resultOf([[VARCHAR, TEXT, column([MAX + 1])]], 1);
    await assert.rejects(lengthOf(formatResult(result, format)), {
      code: 'OUTPUT_FAILED',
      message: /^A value in column "c0" exceeds 512 MiB as text\./,
    });
  });
}

const CASES: readonly { readonly name: string; readonly result: () => Result }[] = [
  {
    name: 'a BLOB that is too long once escaped',
    result: () => resultOf([[BLOB, BYTES, column([MAX / 4 + 8], 0)]], 1),
  },
  { name: 'a BIT that is too long', result: () => resultOf([[BIT, BYTES, column([MAX / 8 + 8], 0)]], 1) },
  {
    name: 'a list that is too long',
    result: () => {
      const list: ArrowColumn = {
        rows: 1,
        buffers: [new Uint8Array(Int32Array.of(0, 3).buffer)],
        children: [column([MAX / 3, MAX / 3, MAX / 3])],
      };
      return resultOf(
        [[{ kind: 'list', child: VARCHAR }, { name: 'l', type: { kind: 'list', child: TEXT } }, list]],
        1,
      );
    },
  },
  {
    name: 'a struct that is too long',
    result: () => {
      const struct: ArrowColumn = { rows: 1, buffers: [], children: [column([MAX - 4])] };
      const type: DataType = { kind: 'struct', fields: [{ name: 'field', type: VARCHAR }] };
      return resultOf([[type, { name: 's', type: { kind: 'struct', fields: [TEXT] } }, struct]], 1);
    },
  },
];
for (const { name, result } of CASES) {
  test(`rejects ${name} with OUTPUT_FAILED`, async () => {
    await assert.rejects(lengthOf(formatResult(result(), 'csv')), { code: 'OUTPUT_FAILED', message: /"c0"/ });
  });
}

test('writes a row whose values together exceed the length of a string', async () => {
  const length = Math.ceil(MAX / 3) + 10;
  const make = () =>
    resultOf(
      Array.from({ length: 3 }, () => [VARCHAR, TEXT, column([length])] as const),
      1,
    );
  assert.equal(await lengthOf(formatResult(make(), 'csv')), 'c0,c1,c2\n'.length + 3 * length + ',,\n'.length);
  const frame = '{"c0":"","c1":"","c2":""}\n'.length;
  assert.equal(await lengthOf(formatResult(make(), 'ndjson')), 3 * length + frame);
});

test('writes consecutive rows that together exceed the length of a string', async () => {
  const rows = [1000, MAX - 100, 1000];
  const result = resultOf([[VARCHAR, TEXT, column(rows)]], rows.length);
  assert.equal(await lengthOf(formatResult(result, 'csv')), 'c0\n'.length + MAX + 1900 + rows.length);
});

test('does not split a character of two UTF-16 units between chunks', async () => {
  const text = Buffer.from(`x${'😀'.repeat(1 << 20)}`);
  const offsets = new Uint8Array(Int32Array.of(0, text.length).buffer);
  const result = resultOf([[VARCHAR, TEXT, { rows: 1, buffers: [offsets, text], children: [] }]], 1);
  let bytes = 0;
  for await (const chunk of formatResult(result, 'csv')) bytes += Buffer.from(chunk).length;
  assert.equal(bytes, 'c0\n'.length + text.length + 1);
});

test('quotes a long text in slices', async () => {
  const text = Buffer.from('x"'.repeat(1 << 20));
  const offsets = new Uint8Array(Int32Array.of(0, text.length).buffer);
  const result = resultOf([[VARCHAR, TEXT, { rows: 1, buffers: [offsets, text], children: [] }]], 1);
  assert.equal(await textOf(formatResult(result, 'csv')), `c0\n"${'x""'.repeat(1 << 20)}"\n`);
});

test('does not pad the values of a table to a very wide value', async () => {
  const lengths = [1_000_000, ...Array.from({ length: 1000 }, () => 1)];
  const result = resultOf([[VARCHAR, TEXT, column(lengths)]], lengths.length);
  assert.ok((await lengthOf(formatResult(result, 'table'))) < 8_000_000);
});

test('reports an unreadable result with its own error', async (t) => {
  const store = createFileStore(await temporaryFolder(t));
  const part = { kind: 'inline', bytes: new Uint8Array(8), rows: 1 } as const;
  const stored = { parts: [part], columns: [], timeZone: 'UTC' };
  await assert.rejects(lengthOf(writeStored(stored, 'csv', store)), FabricError);
});
