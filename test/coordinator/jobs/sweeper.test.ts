import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Sweeper, stepsFor } from '../../../coordinator/jobs/sweeper.ts';
import { soleJournal } from '../../../coordinator/journal/sole.ts';
import { historyOf } from '../../../coordinator/scheduler/history.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import type { ListedUpload } from '../../../engine/store/multipart-store.ts';
import { MISSING_BUCKET } from '../../../engine/store/object-store.ts';
import type { AttemptId, TaskOutcome } from '../../../engine/task/task.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { jobId, oneTask, statistics, submission } from '../scheduler/graph.ts';
import { request } from './coordinator-fixture.ts';
import { MemoryStore } from './memory-store.ts';
import { SetClock } from './set-clock.ts';

const about = { stage: 0 as StageId, task: 0, attempt: '1-0' as AttemptId };
const key = `jobs/${jobId}/result/0-1-0.arrow`;
const HOUR = 3_600_000;
const started: JobRecord = { kind: 'attempt-started', at: 0, ...about, deadline: HOUR };
const wrote: TaskOutcome = {
  kind: 'succeeded',
  output: { kind: 'object', key, identity: { sizeBytes: 1, version: 'v' }, rows: 1 },
  statistics,
};

function ended(kind: 'succeeded' | 'cancelled'): JobRecord {
  return { kind: 'job-ended', at: 1000, end: kind === 'succeeded' ? { kind } : { kind, by: 'me' } };
}

const succeeded = [
  submission(oneTask, { resultTtlMs: 2 * HOUR }),
  started,
  { kind: 'task-ended', at: 900, ...about, outcome: wrote },
  ended('succeeded'),
] as const;

describe('the cleanup steps of an ended job', () => {
  const cases: readonly (readonly [
    name: string,
    records: readonly JobRecord[],
    keepMs: number,
    steps: readonly string[],
  ])[] = [
    [
      'whose result is kept for two hours',
      succeeded,
      24 * HOUR,
      ['clear 1000 but 1', 'clear 61000 but 1', `clear ${1000 + 2 * HOUR} but 0`, `remove ${1000 + 24 * HOUR}`],
    ],
    [
      'that was cancelled while an attempt with an unknown outcome ran',
      [submission(oneTask), started, ended('cancelled')],
      24 * HOUR,
      ['clear 1000 but 0', 'clear 61000 but 0', `clear ${HOUR + 5000} but 0`, `remove ${1000 + 24 * HOUR}`],
    ],
    [
      'that was cancelled on executors that quickly stop abandoned attempts',
      [submission(oneTask, { lateWriteMs: 30_000 }), started, ended('cancelled')],
      24 * HOUR,
      ['clear 1000 but 0', 'clear 61000 but 0', 'clear 36000 but 0', `remove ${1000 + 24 * HOUR}`],
    ],
    [
      'that a user has deleted',
      [submission(oneTask), started, ended('cancelled')],
      0,
      ['clear 1000 but 0', 'clear 61000 but 0', `clear ${HOUR + 5000} but 0`, `remove ${HOUR + 5000}`],
    ],
    [
      'that was never planned',
      [{ kind: 'job-requested', at: 0, job: jobId, request: request('a') }, ended('cancelled')],
      24 * HOUR,
      [`remove ${1000 + 24 * HOUR}`],
    ],
  ];
  for (const [name, records, keepMs, expected] of cases) {
    test(`are complete and in order for a job ${name}`, () => {
      const history = historyOf(records);
      assert.ok(history !== undefined);
      const steps = stepsFor(history, 2000, keepMs).map((step) =>
        step.kind === 'clear' ? `clear ${step.at} but ${step.keep.length}` : `remove ${step.at}`,
      );
      assert.deepEqual(steps.toSorted(byTime), expected.toSorted(byTime));
      assert.deepEqual(steps, steps.toSorted(byTime), 'in order');
    });
  }
});

function byTime(left: string, right: string): number {
  return Number(left.split(' ')[1]) - Number(right.split(' ')[1]);
}

/** A store that can contain unfinished uploads. */
class UploadStore extends MemoryStore {
  readonly uploads = new Map<string, ListedUpload>();
  async *listUploads(prefix: string): AsyncGenerator<ListedUpload> {
    for (const upload of [...this.uploads.values()]) if (upload.key.startsWith(prefix)) yield upload;
  }
  async abort({ uploadId }: { readonly uploadId: string }): Promise<void> {
    this.uploads.delete(uploadId);
  }
}

describe('the sweeper', () => {
  async function sweeping(records: readonly JobRecord[], random = 0) {
    const journal = soleJournal(new MemoryJournal(), 'a');
    const token = await journal.acquire(jobId);
    await journal.append(jobId, token, records);
    const [clock, store] = [new SetClock(2000), new UploadStore()];
    const reports: string[] = [];
    const report = (message: string) => reports.push(message);
    const sweeper = new Sweeper({ journal, store, clock, random: () => random, keepRecordsMs: 24 * HOUR, report });
    const put = (name: string) => store.put(name, [new Uint8Array(1)]);
    return { journal, token, clock, store, sweeper, reports, put };
  }

  test('keeps the result until it expires, and the records until they expire', async () => {
    const { journal, token, clock, store, sweeper, reports, put } = await sweeping(succeeded);
    await journal.release(jobId, token);
    await put(key);
    await put(`jobs/${jobId}/stages/0/0-1-0.shuffle`);
    sweeper.schedule(jobId);
    await sweeper.settled();
    assert.deepEqual([...store.objects.keys()], [key], 'only the result is left');
    clock.set(1000 + 2 * HOUR);
    await sweeper.settled();
    assert.deepEqual([...store.objects.keys()], []);
    assert.deepEqual(await journal.list(), [jobId]);
    clock.set(1000 + 24 * HOUR);
    await sweeper.settled();
    assert.deepEqual(await journal.list(), []);
    assert.deepEqual(reports, []);
  });

  test('removes a deleted job even if an earlier step becomes due during the deletion', async () => {
    const { journal, token, clock, sweeper } = await sweeping(succeeded, 0.5);
    await journal.release(jobId, token);
    sweeper.schedule(jobId);
    await sweeper.settled();
    clock.set(3000);
    await sweeper.settled();
    await journal.recordIntent(jobId, { kind: 'forget', by: 'me' });
    sweeper.schedule(jobId);
    // The next step of the plan that was made before the deletion is now due.
    clock.set(62_000);
    await sweeper.settled();
    for (const at of [63_000, 64_000, 65_000]) {
      clock.set(at);
      await sweeper.settled();
    }
    assert.deepEqual(await journal.list(), []);
  });

  test('deletes late objects and unfinished uploads', async () => {
    const { journal, token, clock, store, sweeper, put } = await sweeping([
      submission(oneTask),
      started,
      ended('cancelled'),
    ]);
    await journal.release(jobId, token);
    sweeper.schedule(jobId);
    await sweeper.settled();
    await put(key);
    await put('jobs/another/result/0-1-0.arrow');
    for (const [uploadId, name] of [
      ['1', key],
      ['2', 'jobs/another/result/0-1-0.arrow'],
    ] as const) {
      store.uploads.set(uploadId, { key: name, uploadId, startedAt: new Date(0) });
    }
    clock.set(HOUR + 5000);
    await sweeper.settled();
    assert.deepEqual([...store.objects.keys()], ['jobs/another/result/0-1-0.arrow']);
    assert.deepEqual([...store.uploads.keys()], ['2']);
  });

  test('records no cleanup of a job whose bucket is missing, but removes the job when it expires', async () => {
    const { journal, token, clock, store, sweeper, reports } = await sweeping(succeeded);
    await journal.release(jobId, token);
    // biome-ignore lint/correctness/useYield: the generator throws before it yields.
    store.list = async function* () {
      throw new FabricError('STORE_FAILED', 'There is no such bucket.', { details: MISSING_BUCKET });
    };
    sweeper.schedule(jobId);
    await sweeper.settled();
    assert.deepEqual(
      await journal.endedEntry(jobId),
      { endedAt: 1000 },
      'a coordinator with the right store must still clean up',
    );
    clock.set(1000 + 2 * HOUR);
    await sweeper.settled();
    clock.set(1000 + 24 * HOUR);
    await sweeper.settled();
    assert.deepEqual(await journal.list(), []);
    assert.deepEqual(reports, []);
  });

  test('skips a job that is owned or still running, and tries again later', async () => {
    const { journal, token, clock, store, sweeper, put } = await sweeping([submission(oneTask), started]);
    await put(key);
    sweeper.schedule(jobId);
    await sweeper.settled();
    await journal.append(jobId, token, [ended('cancelled')]);
    sweeper.schedule(jobId);
    await sweeper.settled();
    assert.ok(store.objects.has(key));
    await journal.release(jobId, token);
    clock.set(clock.now() + 15_000);
    await sweeper.settled();
    assert.ok(!store.objects.has(key));
  });
});
