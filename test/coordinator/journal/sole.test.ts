import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openFileJournal } from '../../../coordinator/journal/file.ts';
import { soleJournal } from '../../../coordinator/journal/sole.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { journalConformance } from './conformance.ts';
import { MemoryJournal } from './memory-journal.ts';
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

test('check rejects once the journal folder is gone', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'volley-sole-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const journal = soleJournal(openFileJournal(folder), 'a');
  t.after(() => journal.close());
  await journal.check();
  await rm(folder, { recursive: true });
  await assert.rejects(journal.check(), { code: 'STORE_FAILED' });
});

test('an intent can be recorded for a damaged job after a start', async (t) => {
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
