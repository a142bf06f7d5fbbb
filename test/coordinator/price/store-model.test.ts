import assert from 'node:assert/strict';
import { test } from 'node:test';
import { S3_STANDARD } from '../../../coordinator/price/store-model.ts';
import { READS_AT_ONCE } from '../../../engine/shuffle/read-footer.ts';

test('assumes as many concurrent reads as the shuffle reader makes', () => {
  assert.equal(S3_STANDARD.readsAtOnce, READS_AT_ONCE);
});
