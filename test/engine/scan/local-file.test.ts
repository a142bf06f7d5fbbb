import assert from 'node:assert/strict';
import { appendFile, mkdir, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { type ErrorCode, FabricError } from '../../../engine/errors.ts';
import { openLocalFile } from '../../../engine/scan/local-file.ts';
import { temporaryFolder } from './parquet-fixture.ts';

const hasCode = (code: ErrorCode) => (error: unknown) => {
  assert.ok(error instanceof FabricError, String(error));
  assert.equal(error.code, code);
  return true;
};

test('reads the opened file even after another file replaces it', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'a');
  await writeFile(path, '0123456789');
  const file = await openLocalFile(path);
  t.after(() => file.close());
  await writeFile(join(folder, 'b'), 'abcdefghij');
  await rename(join(folder, 'b'), path);
  assert.equal(Buffer.from(await file.read({ start: 2, end: 5 })).toString(), '234');
  await assert.rejects(openLocalFile(path, file.identity), hasCode('INPUT_CHANGED'));
});

test('fails with INPUT_CHANGED if a file is modified while it is open', async (t) => {
  const path = join(await temporaryFolder(t), 'a');
  await writeFile(path, '0123456789');
  const file = await openLocalFile(path);
  t.after(() => file.close());
  await file.verify();
  await appendFile(path, 'more');
  await assert.rejects(file.verify(), hasCode('INPUT_CHANGED'));
  await truncate(path, 3);
  await assert.rejects(file.read({ start: 2, end: 5 }), hasCode('INPUT_CHANGED'));
});

test('rejects a missing file with INPUT_NOT_FOUND and a folder with INPUT_INVALID', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'sub'));
  await assert.rejects(openLocalFile(join(folder, 'none')), hasCode('INPUT_NOT_FOUND'));
  await assert.rejects(openLocalFile(join(folder, 'sub')), hasCode('INPUT_INVALID'));
});
