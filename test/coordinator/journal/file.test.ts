import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { openFileJournal } from '../../../coordinator/journal/file.ts';
import { decodeFrames, encodeFileHeader, encodeFrame } from '../../../coordinator/journal/frame.ts';
import type { FencingToken } from '../../../coordinator/scheduler/job.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { oneTask, submission } from '../scheduler/graph.ts';
import { journalConformance } from './conformance.ts';
import { cancelAt } from './sample-records.ts';

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'volley-journal-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

journalConformance('a folder of files', async (t) => {
  const folder = await temporaryFolder(t);
  return { open: async () => openFileJournal(folder) };
});

const job = 'job' as JobId;

/** Writes a journal file of three appends. Returns its path, the end offset of each append, and the records. */
async function writeThree(folder: string): Promise<{ path: string; ends: number[]; batches: JobRecord[][] }> {
  const journal = openFileJournal(folder);
  const token = await journal.acquire(job);
  const path = join(folder, 'job.journal');
  const batches = [[submission(oneTask), cancelAt(1)], [cancelAt(2)], [cancelAt(3), cancelAt(4)]];
  const ends: number[] = [];
  for (const batch of batches) {
    await journal.append(job, token, batch);
    ends.push((await stat(path)).size);
  }
  await journal.close();
  return { path, ends, batches };
}

describe('a journal file', () => {
  test('keeps the complete appends and continues after them, wherever it was truncated', async (t) => {
    const folder = await temporaryFolder(t);
    const { path, ends, batches } = await writeThree(folder);
    const whole = await readFile(path);
    const journal = openFileJournal(folder);
    for (let length = 0; length <= whole.byteLength; length += 1) {
      await writeFile(path, whole.subarray(0, length));
      const expected = batches.filter((_, at) => (ends[at] ?? 0) <= length).flat();
      assert.deepEqual(await journal.read(job), expected, `read, cut at byte ${length}`);
      const token = await journal.acquire(job);
      await journal.append(job, token, [cancelAt(9)]);
      assert.deepEqual(await journal.read(job), [...expected, cancelAt(9)], `appended to, cut at byte ${length}`);
    }
    await journal.close();
  });

  test('continues after the previous append if the last append is all zeros', async (t) => {
    const folder = await temporaryFolder(t);
    const { path, ends, batches } = await writeThree(folder);
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0, ends[1]));
    const journal = openFileJournal(folder);
    assert.deepEqual(await journal.read(job), batches.slice(0, 2).flat());
    await journal.append(job, await journal.acquire(job), [cancelAt(9)]);
    assert.deepEqual(await journal.read(job), [...batches.slice(0, 2).flat(), cancelAt(9)]);
    await journal.close();
  });

  test('is rejected as corrupt if any byte before its last append is damaged', async (t) => {
    const folder = await temporaryFolder(t);
    const { path, ends } = await writeThree(folder);
    const whole = await readFile(path);
    const journal = openFileJournal(folder);
    for (let at = 0; at < (ends[1] ?? 0); at += 1) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      await writeFile(path, damaged);
      await assert.rejects(journal.read(job), { code: 'JOURNAL_CORRUPT' }, `read, byte ${at}`);
      const token = await journal.acquire(job);
      await assert.rejects(
        journal.append(job, token, [cancelAt(9)]),
        { code: 'JOURNAL_CORRUPT' },
        `written, byte ${at}`,
      );
      assert.deepEqual(await readFile(path), damaged, 'the file is unchanged');
    }
    await journal.remove(job, await journal.acquire(job));
    assert.deepEqual(await readdir(folder), [], 'the file can be removed');
    await journal.close();
  });

  test('can be read during a write without being changed', async (t) => {
    const folder = await temporaryFolder(t);
    const { path, ends, batches } = await writeThree(folder);
    const torn = (await readFile(path)).subarray(0, (ends[2] ?? 0) - 1);
    await writeFile(path, torn);
    assert.deepEqual(await openFileJournal(folder).read(job), batches.slice(0, 2).flat());
    assert.deepEqual(await readFile(path), torn);
  });

  test('is created by the first append and deleted by remove', async (t) => {
    const folder = await temporaryFolder(t);
    const journal = openFileJournal(folder);
    const token = await journal.acquire(job);
    assert.deepEqual(await readdir(folder), []);
    await journal.append(job, token, [cancelAt(1)]);
    assert.deepEqual(await readdir(folder), ['job.journal']);
    await journal.remove(job, token);
    assert.deepEqual(await readdir(folder), []);
    await journal.close();
  });

  test('accepts no more appends from an owner whose write failed', async (t) => {
    const folder = join(await temporaryFolder(t), 'journal');
    await mkdir(folder);
    const journal = openFileJournal(folder);
    const token = await journal.acquire(job);
    await rm(folder, { recursive: true });
    await assert.rejects(journal.append(job, token, [cancelAt(1)]), { code: 'STORE_FAILED' });
    await mkdir(folder);
    await assert.rejects(journal.append(job, token, [cancelAt(2)]), { code: 'STORE_FAILED' });
    await journal.append(job, await journal.acquire(job), [cancelAt(3)]);
    assert.deepEqual(await journal.read(job), [cancelAt(3)]);
    await journal.close();
  });

  test('issues a new token to the owner of a copied file', async (t) => {
    const folder = await temporaryFolder(t);
    await writeThree(folder);
    await copyFile(join(folder, 'job.journal'), join(folder, 'copy.journal'));
    const journal = openFileJournal(folder);
    assert.equal(await journal.acquire('copy' as JobId), 2);
    await journal.close();
  });

  for (const id of ['', '.', '../x', 'a/b', 'a\0b', '.hidden', 'x'.repeat(200)]) {
    test(`is not created for the invalid job id ${JSON.stringify(id.slice(0, 20))}`, async (t) => {
      const journal = openFileJournal(await temporaryFolder(t));
      await assert.rejects(journal.acquire(id as JobId), { code: 'UNKNOWN_JOB' });
      assert.deepEqual(await journal.read(id as JobId), []);
    });
  }
});

test('decodes the frames that it has encoded', () => {
  const frames = [
    { token: 1 as FencingToken, records: [Uint8Array.of(1, 2, 3), new Uint8Array(0)] },
    { token: (2 ** 40) as FencingToken, records: [] },
    { token: 7 as FencingToken, records: [new Uint8Array(1000).fill(9)] },
  ];
  const bytes = Buffer.concat([encodeFileHeader(), ...frames.map(encodeFrame)]);
  const decoded = decodeFrames(new Uint8Array(bytes));
  assert.deepEqual(decoded, { frames, end: bytes.byteLength });
});
