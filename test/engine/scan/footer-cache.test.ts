import assert from 'node:assert/strict';
import test from 'node:test';
import { FooterCache } from '../../../engine/scan/footer-cache.ts';
import type { ParquetFooter } from '../../../engine/scan/parquet-footer.ts';

const footer = (footerBytes: number): ParquetFooter => ({
  layout: { rows: 0, rowGroups: [], footerBytes },
  columns: [],
  bytes: new Uint8Array(footerBytes),
});
const file = (location: string, version = 'v1') => ({ location, identity: { sizeBytes: 1000, version } });

test('returns a footer only for the version it was read from', () => {
  const cache = new FooterCache(100);
  const [first, second] = [footer(10), footer(20)];
  cache.put(file('a'), first);
  assert.equal(cache.get(file('a')), first);
  assert.equal(cache.get(file('a', 'v2')), undefined);
  cache.put(file('a', 'v2'), second);
  assert.equal(cache.get(file('a', 'v2')), second);
  assert.equal(cache.get(file('a')), undefined);
});

test('evicts the oldest footers, and does not store a footer larger than the cache', () => {
  const cache = new FooterCache(100);
  for (const name of ['a', 'b', 'c']) cache.put(file(name), footer(40));
  assert.deepEqual(
    ['a', 'b', 'c'].map((name) => cache.get(file(name)) !== undefined),
    [false, true, true],
  );
  cache.put(file('b'), footer(60));
  assert.deepEqual(
    ['b', 'c'].map((name) => cache.get(file(name)) !== undefined),
    [true, true],
  );
  cache.put(file('d'), footer(101));
  assert.equal(cache.get(file('d')), undefined);
});
