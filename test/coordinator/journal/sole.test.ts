import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFileJournal } from '../../../coordinator/journal/file.ts';
import { openIntentFiles } from '../../../coordinator/journal/intent-files.ts';
import { soleJournal } from '../../../coordinator/journal/sole.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { journalConformance } from './conformance.ts';
import { MemoryJournal } from './memory-journal.ts';
import { cancelAt } from './sample-records.ts';
import { sharedJournalConformance } from './shared-conformance.ts';

journalConformance('a journal that one coordinator has to itself', async () => {
  const journal = new MemoryJournal();
  return { open: async () => soleJournal(journal, 'a') };
});
sharedJournalConformance('a journal that one coordinator has to itself', async (t) => {
  const journal = soleJournal(new MemoryJournal(), 'a');
  t.after(() => journal.close());
  return journal;
});

test('fails its health check after the journal folder is deleted', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'volley-sole-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const journal = soleJournal(openFileJournal(folder), 'a');
  t.after(() => journal.close());
  await journal.check();
  await rm(folder, { recursive: true });
  await assert.rejects(journal.check(), { code: 'STORE_FAILED' });
});

test('records an intent for a job that was already damaged at the start', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'volley-sole-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'job.journal'), 'not a journal at all, and longer than its header');
  const journal = soleJournal(openFileJournal(folder), 'a');
  t.after(() => journal.close());
  const job = 'job' as JobId;
  await assert.rejects(journal.read(job), { code: 'JOURNAL_CORRUPT' });
  await journal.recordIntent(job, { kind: 'forget', by: 'me' });
  assert.deepEqual(await journal.intentOf(job), { kind: 'forget', by: 'me' });
  const token = await journal.acquireUnowned(job);
  assert.ok(token !== undefined);
  await journal.remove(job, token);
  assert.deepEqual(await journal.list(), []);
});

sharedJournalConformance('a journal that keeps its intents in files', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'volley-sole-'));
  const journal = soleJournal(openFileJournal(folder), 'a', openIntentFiles(folder));
  t.after(async () => {
    await journal.close();
    await rm(folder, { recursive: true, force: true });
  });
  return journal;
});

test('keeps intents across restarts and deletes them with their jobs', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'volley-sole-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const start = () => soleJournal(openFileJournal(folder), 'a', openIntentFiles(folder));
  const [job, removed] = ['job' as JobId, 'removed' as JobId];
  const first = start();
  for (const each of [job, removed]) await first.append(each, await first.acquire(each), [cancelAt(0)]);
  await first.recordIntent(job, { kind: 'cancel', by: 'one' });
  await first.recordIntent(job, { kind: 'forget', by: 'two\nlines' });
  await first.recordIntent(removed, { kind: 'forget', by: 'me' });
  await first.close();
  // Simulates a process that was killed between two writes.
  await rm(join(folder, 'removed.journal'));
  await writeFile(join(folder, 'job.intent.new'), 'can');

  const second = start();
  t.after(() => second.close());
  assert.deepEqual(await second.intentOf(job), { kind: 'forget', by: 'two\nlines' });
  assert.equal(await second.intentOf(removed), undefined);
  assert.deepEqual((await readdir(folder)).sort(), ['job.intent', 'job.journal']);
  await second.remove(job, await second.acquire(job));
  assert.deepEqual(await readdir(folder), []);
});

test('removes the files of jobs whose first append was interrupted', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'volley-sole-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [kept, cut] = ['kept' as JobId, 'cut' as JobId];
  const first = openFileJournal(folder);
  for (const job of [kept, cut]) await first.append(job, await first.acquire(job), [cancelAt(0)]);
  await first.close();
  const whole = await readFile(join(folder, 'cut.journal'));
  for (const length of [0, 4, 8, whole.byteLength - 1]) {
    await writeFile(join(folder, 'cut.journal'), whole.subarray(0, length));
    const journal = soleJournal(openFileJournal(folder), 'a', openIntentFiles(folder));
    assert.equal(await journal.isUnowned(kept), true);
    assert.deepEqual(await readdir(folder), ['kept.journal'], `cut at byte ${length}`);
    await journal.close();
  }
});

test('keeps the file of a job that is being submitted while the journal is first read', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'volley-sole-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const journal = soleJournal(openFileJournal(folder), 'a');
  t.after(() => journal.close());
  const job = 'job' as JobId;
  const token = await journal.acquireUnowned(job);
  assert.ok(token !== undefined);
  // The file that the append has created but not written.
  await writeFile(join(folder, 'job.journal'), '');
  await journal.isUnowned(job);
  assert.deepEqual(await readdir(folder), ['job.journal']);
});
