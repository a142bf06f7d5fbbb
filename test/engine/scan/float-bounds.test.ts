import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutFloatBounds } from '../../../engine/scan/float-bounds.ts';
import { type ParquetFooter, readParquetFooter } from '../../../engine/scan/parquet-footer.ts';
import { NAN_FILE } from './nan-file.ts';

function footerOf(bytes: Uint8Array): Promise<ParquetFooter> {
  return readParquetFooter('nan.parquet', bytes.length, async ({ start, end }) => bytes.subarray(start, end));
}

test('removes only the bounds of floating-point columns', async () => {
  const before = await footerOf(NAN_FILE);
  const metadata = withoutFloatBounds(before.bytes);
  const after = await footerOf(Buffer.concat([NAN_FILE.subarray(0, NAN_FILE.length - metadata.length), metadata]));
  const statistics = ({ layout }: ParquetFooter) =>
    layout.rowGroups.flatMap(({ chunks }) => chunks.map((chunk) => [chunk.column, chunk.statistics] as const));
  assert.deepEqual(statistics(before)[0], ['id', { min: 1n, max: 4n, nullCount: 0 }]);
  assert.deepEqual(statistics(after)[0], statistics(before)[0]);
  const changed = [...metadata].filter((byte, index) => byte !== before.bytes[index]);
  assert.equal(changed.length, 2, 'one byte changes for each of the two floating-point columns');
  assert.deepEqual(
    after.layout.rowGroups.map(({ rows }) => rows),
    [4],
  );
  assert.deepEqual(after.columns, before.columns);
});
