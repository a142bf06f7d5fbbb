import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFileJournal } from '../../../coordinator/journal/file.ts';
import { openFolderProbe } from '../../../coordinator/journal/folder-probe.ts';
import { openIntentFiles } from '../../../coordinator/journal/intent-files.ts';
import { soleJournal } from '../../../coordinator/journal/sole.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { mountSmallDisk } from '../../engine/store/small-disk.ts';
import { cancelAt } from './sample-records.ts';

const disk = mountSmallDisk(4);

test('fails the check on a full disk until space is free, and leaves no files', {
  skip: typeof disk === 'string' && disk,
}, async (t) => {
  assert.ok(typeof disk !== 'string');
  t.after(() => disk.remove());
  const folder = join(disk.path, 'journal');
  mkdirSync(folder);
  let now = 0;
  const journal = soleJournal(
    openFileJournal(folder),
    'a',
    openIntentFiles(folder),
    openFolderProbe(folder, () => now),
  );
  t.after(() => journal.close());
  const kept = 'kept' as JobId;
  await journal.append(kept, await journal.acquire(kept), [cancelAt(0)]);
  await journal.check();

  disk.fill();
  await journal.check();
  now += 5000;
  await assert.rejects(journal.check(), { code: 'STORE_FAILED', retryable: true, message: /disk is full/ });
  const job = 'job' as JobId;
  const token = await journal.acquire(job);
  await assert.rejects(journal.append(job, token, [cancelAt(0)]), { code: 'STORE_FAILED' });
  await journal.release(job, token);
  await assert.rejects(journal.recordIntent(kept, { kind: 'forget', by: 'me' }), { code: 'STORE_FAILED' });
  assert.deepEqual(readdirSync(folder), ['kept.journal']);

  disk.free();
  now += 1000;
  await journal.check();
  await journal.recordIntent(kept, { kind: 'forget', by: 'me' });
  assert.deepEqual(readdirSync(folder).sort(), ['kept.intent', 'kept.journal']);
});

test('writes the probe file at most once per interval', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'volley-probe-'));
  let now = 0;
  const probe = openFolderProbe(folder, () => now);
  await probe();
  assert.deepEqual(readdirSync(folder), []);
  await rm(folder, { recursive: true });
  now = 4999;
  await probe();
  now = 5000;
  await assert.rejects(probe(), { code: 'STORE_FAILED' });
  mkdirSync(folder);
  t.after(() => rm(folder, { recursive: true }));
  now = 5999;
  await assert.rejects(probe());
  now = 6000;
  await Promise.all([probe(), probe()]);
});
