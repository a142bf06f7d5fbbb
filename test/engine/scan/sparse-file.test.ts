import assert from 'node:assert/strict';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import { quoteLiteral } from '../../../engine/plan/types.ts';
import { neededBytes } from '../../../engine/scan/byte-ranges.ts';
import { readParquetFooter } from '../../../engine/scan/parquet-footer.ts';
import { writeSparseFile } from '../../../engine/scan/sparse-file.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import { Gate } from '../../../engine/store/gate.ts';
import type { ByteRange, ObjectStore } from '../../../engine/store/object-store.ts';
import { queryRows, temporaryFolder, writeParquet } from './parquet-fixture.ts';

/** A query with three columns and ten row groups of 2,048 rows, a few hundred KB in total. */
const TABLE = "SELECT range AS id, hash(range) AS noise, 'name ' || md5(range::VARCHAR) AS name FROM range(20480)";
const shape = { gapBytes: 1000, maxReadBytes: 20_000 };

test('DuckDB reads the same rows from a sparse file as from the original file', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'store'));
  writeParquet(join(folder, 'store', 'input.parquet'), TABLE, 'ROW_GROUP_SIZE 2048');
  let [reading, mostConcurrent] = [0, 0];
  const count = { requests: 0, bytes: 0 };
  const files = createFileStore(join(folder, 'store'));
  const store: ObjectStore = {
    ...files,
    get: async (key, range, identity) => {
      reading += 1;
      mostConcurrent = Math.max(mostConcurrent, reading);
      assert.ok(range.end - range.start <= shape.maxReadBytes);
      const bytes = await files.get(key, range, identity);
      reading -= 1;
      count.requests += 1;
      count.bytes += bytes.length;
      return bytes;
    },
  };
  const identity = await files.head('input.parquet');
  assert.ok(identity !== undefined);
  const footer = await readParquetFooter('input.parquet', identity.sizeBytes, (range) =>
    files.get('input.parquet', range, identity),
  );
  const rows = { start: 4096, end: 8192 };
  const path = join(folder, 'sparse.parquet');
  const { ranges } = neededBytes(footer.layout, identity.sizeBytes, [{ columns: new Set(['id', 'name']), rows }]);
  await writeSparseFile({
    path,
    sizeBytes: identity.sizeBytes,
    read: (range) => store.get('input.parquet', range, identity),
    ranges,
    known: { start: identity.sizeBytes - footer.bytes.length, bytes: footer.bytes },
    gate: new Gate(3, Number.POSITIVE_INFINITY),
    shape,
  });

  assert.equal((await stat(path)).size, identity.sizeBytes);
  assert.ok(count.bytes < identity.sizeBytes / 3, `${count.bytes} of ${identity.sizeBytes} bytes were read`);
  assert.ok(
    count.requests > 3 && mostConcurrent > 1 && mostConcurrent <= 3,
    `${count.requests} requests, ${mostConcurrent} at a time`,
  );
  const fingerprint = (file: string): string =>
    `SELECT CAST(count(*) AS VARCHAR), CAST(sum(id) AS VARCHAR), md5(string_agg(name, ',' ORDER BY id))
     FROM read_parquet(${quoteLiteral(file)}) WHERE file_row_number >= ${rows.start} AND file_row_number < ${rows.end}`;
  assert.deepEqual(queryRows(fingerprint(path)), queryRows(fingerprint(join(folder, 'store', 'input.parquet'))));
});

test('rejects a replaced input with INPUT_CHANGED', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'input.parquet');
  writeParquet(path, TABLE);
  const store = createFileStore(folder);
  const identity = await store.head('input.parquet');
  assert.ok(identity !== undefined);
  writeParquet(path, TABLE.replace('20480', '20481'));
  const request = {
    path: join(folder, 'sparse.parquet'),
    sizeBytes: identity.sizeBytes,
    read: (range: ByteRange) => store.get('input.parquet', range, identity),
    ranges: [{ start: 0, end: 100_000 }],
    gate: new Gate(4, Number.POSITIVE_INFINITY),
    shape,
  };
  await assert.rejects(
    writeSparseFile(request),
    (error) => error instanceof FabricError && error.code === 'INPUT_CHANGED',
  );
});
