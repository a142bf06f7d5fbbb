import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FabricError } from '../../engine/errors.ts';
import { errorText, exitStatusOf } from '../../functions/cli/exit-status.ts';
import { bytesText, countText, durationText } from '../../functions/cli/figures.ts';
import { fileOutput } from '../../functions/cli/output.ts';

const folder = mkdtempSync(join(tmpdir(), 'volley-output-'));
after(() => rmSync(folder, { recursive: true }));

test('an output file appears whole, in place of the one before', async () => {
  const path = join(folder, 'whole.csv');
  writeFileSync(path, 'before');
  const output = await fileOutput(path);
  await output.write('a\n');
  assert.equal(readFileSync(path, 'utf8'), 'before');
  await output.write(Buffer.from('b\n'));
  await output.finish();
  assert.equal(readFileSync(path, 'utf8'), 'a\nb\n');
  assert.deepEqual(readdirSync(folder), ['whole.csv']);
});

test('an output that is discarded leaves nothing', async () => {
  const output = await fileOutput(join(folder, 'discarded.csv'));
  await output.write('a\n');
  await output.discard();
  assert.ok(readdirSync(folder).every((name) => !name.includes('discarded')));
});

test('an output that cannot be written is refused by its path', async () => {
  const path = join(folder, 'no-such-folder', 'x.csv');
  await assert.rejects(
    fileOutput(path),
    (error) => error instanceof FabricError && error.code === 'OUTPUT_FAILED' && error.message.includes(path),
  );
});

test('an error becomes one line with its code, and an exit status', () => {
  const error = new FabricError('UNKNOWN_TABLE', 'There is no table x.');
  assert.equal(errorText(error, false), 'volley: UNKNOWN_TABLE: There is no table x.\n');
  assert.match(errorText(error, true), /at /);
  assert.match(errorText(new Error('boom'), false), /^volley: INTERNAL: .*boom\n.*VOLLEY_DEBUG/);
  assert.deepEqual(
    (['USAGE', 'CANCELLED', 'QUERY_FAILED', 'INTERNAL'] as const).map((code) =>
      exitStatusOf(new FabricError(code, '')),
    ),
    [2, 130, 1, 1],
  );
});

test('figures read as people write them', () => {
  assert.deepEqual([0, 999, 1000, 1_234_567, 999_999_999_999].map(bytesText), [
    '0 B',
    '999 B',
    '1.0 kB',
    '1.2 MB',
    '1.0 TB',
  ]);
  assert.deepEqual([countText(1, 'row'), countText(1234, 'row')], ['1 row', '1,234 rows']);
  assert.deepEqual([85.4, 1420, 125_000].map(durationText), ['85 ms', '1.42 s', '2 min 5 s']);
});
