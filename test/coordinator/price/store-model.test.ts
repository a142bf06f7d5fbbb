import assert from 'node:assert/strict';
import { test } from 'node:test';
import { S3_STANDARD } from '../../../coordinator/price/store-model.ts';
import { READS_AT_ONCE } from '../../../engine/shuffle/read-footer.ts';

test('shuffles are priced with as many reads at once as readers have', () => {
  assert.equal(S3_STANDARD.readsAtOnce, READS_AT_ONCE);
});
