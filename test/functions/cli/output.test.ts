import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import { NO_REQUESTS } from '../../../engine/store/request-counts.ts';
import { bytesText, countText, durationText, requestsText } from '../../../functions/cli/figures.ts';
import { visibleLines } from '../../../functions/cli/notice.ts';
import { fileOutput } from '../../../functions/cli/output.ts';
import { errorText, exitStatusOf } from '../../../functions/process/exit-status.ts';
import { OutputClosed } from '../../../functions/process/output-closed.ts';

const folder = mkdtempSync(join(tmpdir(), 'volley-output-'));
after(() => rmSync(folder, { recursive: true }));

test('an output file replaces the previous file only when it is complete', async () => {
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

test('an output keeps the mode of the previous file and follows a link to it', async () => {
  const target = join(folder, 'private.csv');
  const link = join(folder, 'link.csv');
  for (const mode of [0o600, 0o666]) {
    writeFileSync(target, 'before');
    chmodSync(target, mode);
    rmSync(link, { force: true });
    symlinkSync('private.csv', link);
    const output = await fileOutput(link);
    await output.write('after');
    await output.finish();
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.equal(readFileSync(target, 'utf8'), 'after');
    assert.equal(statSync(target).mode & 0o777, mode);
  }
  rmSync(target);
  rmSync(link);
});

test('an output follows a link whose target does not exist yet', async () => {
  const link = join(folder, 'dangling.csv');
  symlinkSync(join('.', 'made.csv'), link);
  const output = await fileOutput(link);
  await output.write('x');
  await output.finish();
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(readFileSync(join(folder, 'made.csv'), 'utf8'), 'x');
  rmSync(link);
});

test('an output writes to a device directly', async () => {
  const output = await fileOutput('/dev/null');
  await output.write('x');
  await output.finish();
  assert.ok(statSync('/dev/null').isCharacterDevice());
});

test('an output writes to a pipe, and throws OutputClosed if the reader closes it', async () => {
  const path = join(folder, 'pipe');
  execFileSync('sh', ['-c', 'mkfifo "$0"', path]);
  const [output, reader] = await Promise.all([fileOutput(path), open(path, 'r')]);
  await output.write('x');
  assert.equal((await reader.read(Buffer.alloc(8))).buffer.toString('utf8', 0, 1), 'x');
  await reader.close();
  await assert.rejects(output.write('y'), OutputClosed);
  await output.discard();
  assert.ok(lstatSync(path).isFIFO());
});

test('an output rejects a folder', async () => {
  await assert.rejects(fileOutput(folder), { code: 'OUTPUT_FAILED' });
});

test('a discarded output leaves the previous file and its mode unchanged', async () => {
  const path = join(folder, 'before.csv');
  writeFileSync(path, 'before', { mode: 0o640 });
  const mode = statSync(path).mode;
  const output = await fileOutput(path);
  await output.write('after');
  await output.discard();
  assert.deepEqual([readFileSync(path, 'utf8'), statSync(path).mode], ['before', mode]);
});

test('visibleLines escapes control characters except line breaks and tabs', () => {
  assert.equal(visibleLines('a\x1b[31m\tb\r\nc\u202e\n'), 'a\\u001b[31m\tb\\r\nc\\u202e\n');
});

test('a discarded output leaves no file', async () => {
  const output = await fileOutput(join(folder, 'discarded.csv'));
  await output.write('a\n');
  await output.discard();
  assert.ok(readdirSync(folder).every((name) => !name.includes('discarded')));
});

test('rejects an output below a file, and names only its path', async () => {
  writeFileSync(join(folder, 'file'), '');
  const path = join(folder, 'file', 'x.csv');
  const message = `Cannot write the file ${path}: ENOTDIR: not a directory.`;
  await assert.rejects(fileOutput(path), { code: 'OUTPUT_FAILED', message });
});

test('rejects an output in a missing folder, and names only its path', async () => {
  const path = join(folder, 'no-such-folder', 'x.csv');
  await assert.rejects(fileOutput(path), {
    code: 'OUTPUT_FAILED',
    message: `Cannot write the file ${path}: the folder ${dirname(path)} does not exist.`,
  });
});

test('formats an error with its code, and maps it to an exit status', () => {
  const error = new FabricError('UNKNOWN_TABLE', 'There is no table x.');
  assert.equal(errorText(error, false), 'volley: UNKNOWN_TABLE: There is no table x.\n');
  assert.match(errorText(error, true), /at /);
  assert.match(errorText(new Error('boom'), false), /^volley: INTERNAL: .*boom\n.*VOLLEY_DEBUG/);
  const statuses = (phase: 'starting' | 'running'): readonly number[] =>
    (['USAGE', 'UNKNOWN_SETTING', 'CANCELLED', 'QUERY_FAILED', 'INTERNAL'] as const).map((code) =>
      exitStatusOf({ kind: 'failed', phase, error: new FabricError(code, '') }),
    );
  assert.deepEqual(statuses('running'), [2, 1, 130, 1, 1]);
  assert.deepEqual(statuses('starting'), [2, 2, 130, 2, 1]);
  assert.equal(exitStatusOf({ kind: 'failed', phase: 'running', error: new OutputClosed() }), 0);
  assert.deepEqual([exitStatusOf({ kind: 'done' }), exitStatusOf({ kind: 'interrupted' })], [0, 130]);
});

test('formats sizes, counts, requests and durations in readable units', () => {
  assert.deepEqual([0, 999, 1000, 1_234_567, 999_999_999_999].map(bytesText), [
    '0 B',
    '999 B',
    '1.0 kB',
    '1.2 MB',
    '1.0 TB',
  ]);
  assert.deepEqual([countText(1, 'row'), countText(1234, 'row')], ['1 row', '1,234 rows']);
  const counts = { ...NO_REQUESTS, requests: { ...NO_REQUESTS.requests, get: 2 }, readBytes: 1000, retries: 1 };
  assert.equal(
    requestsText({ inputs: counts, job: { ...counts, retries: 2, hedges: 1 } }),
    'inputs: 2 get, of which 1 retry and 0 hedges (1.0 kB in, 0 B out); job: 2 get, of which 2 retries and 1 hedge (1.0 kB in, 0 B out)',
  );
  assert.deepEqual([85.4, 1420, 125_000].map(durationText), ['85 ms', '1.42 s', '2 min 5 s']);
});
