import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flattenViews } from '../../../../engine/duckdb/kernel/binary-view.ts';

test('rejects blobs that exceed 2 GiB in one batch with OUTPUT_FAILED', () => {
  const views = new Uint8Array(Int32Array.of(0x7fffffff, 0, 0, 0, 1, 0, 0, 0).buffer);
  assert.throws(() => flattenViews({ rows: 2, validity: undefined, views, data: [new Uint8Array(0)] }), {
    code: 'OUTPUT_FAILED',
    message: /more than 2 GiB/,
  });
});
