import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { SharedJournal } from '../../../coordinator/journal/journal.ts';
import { fold } from '../../../coordinator/scheduler/apply.ts';
import { historyOf } from '../../../coordinator/scheduler/history.ts';
import type { FencingToken } from '../../../coordinator/scheduler/job.ts';
import type { JobRecord, RecordOf } from '../../../coordinator/scheduler/records.ts';
import type { JobState } from '../../../coordinator/scheduler/state.ts';
import { summarize } from '../../../coordinator/scheduler/summary.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { cancelAt, longHistory } from './sample-records.ts';

const job = 'job' as JobId;
const ended: JobRecord = { kind: 'job-ended', at: 1000, end: { kind: 'succeeded' } };
const requested: RecordOf<'job-requested'> = {
  kind: 'job-requested',
  at: 1,
  job,
  request: { sql: 'select 1', settings: [], labels: [['a', 'b']], tables: [], subject: 'me' },
};

/** Collects the reports of a watch until the test ends. */
class Told {
  readonly #told: string[] = [];
  #wake: () => void = () => undefined;

  constructor(t: TestContext, watch: (tell: (what: string) => void, signal: AbortSignal) => Promise<void>) {
    const controller = new AbortController();
    const tell = (what: string) => {
      this.#told.push(what);
      this.#wake();
    };
    const settled = watch(tell, controller.signal);
    t.after(async () => {
      controller.abort();
      await settled;
    });
  }

  /** Resolves once `wanted` has been reported. Each call consumes one report. */
  async next(wanted: string): Promise<void> {
    while (!this.#told.includes(wanted)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#told.splice(this.#told.indexOf(wanted), 1);
  }

  /** The reports that no call of `next` has consumed. */
  get rest(): readonly string[] {
    return this.#told;
  }
}

async function begin(journal: SharedJournal, id = job, first: JobRecord = cancelAt(0)): Promise<FencingToken> {
  const token = await journal.acquire(id);
  await journal.append(id, token, [first]);
  return token;
}

/** Tests the additional requirements of a shared journal. `skip` is the reason that the journal cannot be tested here. */
export function sharedJournalConformance(
  name: string,
  open: (t: TestContext) => Promise<SharedJournal>,
  skip?: string,
): void {
  describe(`${name} as a shared journal`, { skip: skip ?? false, timeout: 30_000 }, () => {
    test('assigns an unowned job to exactly one of several callers', async (t) => {
      const journal = await open(t);
      const tokens = await Promise.all([1, 2, 3].map(() => journal.acquireUnowned(job)));
      const [token] = tokens.filter((each) => each !== undefined);
      assert.equal(tokens.filter((each) => each !== undefined).length, 1);
      assert.equal(await journal.ownerOf(job), 'a');
      await journal.release(job, token as FencingToken);
      assert.equal(await journal.ownerOf(job), undefined);
      assert.ok(((await journal.acquireUnowned(job)) ?? 0) > (token ?? 0));
    });

    test('reports existing and newly released unowned jobs, but no ended jobs', async (t) => {
      const journal = await open(t);
      const [waiting, done] = ['waiting' as JobId, 'done' as JobId];
      await journal.release(waiting, await begin(journal, waiting));
      const finished = await begin(journal, done);
      await journal.append(done, finished, [ended]);
      await journal.release(done, finished);
      const token = await begin(journal);
      const unowned = await Promise.all([waiting, done, job, 'no-job' as JobId].map((id) => journal.isUnowned(id)));
      assert.deepEqual(unowned, [true, false, false, false]);
      const told = new Told(t, (tell, signal) => journal.watchUnowned(tell, signal));
      await told.next(waiting);
      assert.deepEqual(told.rest, []);
      await journal.release(job, token);
      await told.next(job);
      assert.deepEqual(told.rest, []);
    });

    test('keeps the first intent for a job, except that forget replaces cancel', async (t) => {
      const journal = await open(t);
      await journal.recordIntent(job, { kind: 'cancel', by: 'nobody' });
      assert.equal(await journal.intentOf(job), undefined, 'a job that does not exist');
      const token = await begin(journal);
      await journal.recordIntent(job, { kind: 'cancel', by: 'first' });
      await journal.recordIntent(job, { kind: 'cancel', by: 'second' });
      assert.deepEqual(await journal.intentOf(job), { kind: 'cancel', by: 'first' });
      await journal.recordIntent(job, { kind: 'forget', by: 'third' });
      await journal.recordIntent(job, { kind: 'cancel', by: 'fourth' });
      assert.deepEqual(await journal.intentOf(job), { kind: 'forget', by: 'third' });
      await journal.remove(job, token);
      assert.equal(await journal.intentOf(job), undefined, 'a removed job');
    });

    test('reports existing and new intents', async (t) => {
      const journal = await open(t);
      await begin(journal);
      await begin(journal, 'other' as JobId);
      await journal.recordIntent(job, { kind: 'cancel', by: 'x' });
      const told = new Told(t, (tell, signal) => journal.watchIntents((id, { kind }) => tell(`${kind} ${id}`), signal));
      await told.next('cancel job');
      await journal.recordIntent('other' as JobId, { kind: 'cancel', by: 'x' });
      await told.next('cancel other');
      await journal.recordIntent(job, { kind: 'forget', by: 'x' });
      await told.next('forget job');
      assert.deepEqual(told.rest, []);
    });

    test('reports existing and newly ended jobs', async (t) => {
      const journal = await open(t);
      await journal.append('other' as JobId, await begin(journal, 'other' as JobId), [ended]);
      const token = await begin(journal);
      const told = new Told(t, (tell, signal) => journal.watchEnds((id, at) => tell(`${id} ${at}`), signal));
      await told.next('other 1000');
      await journal.append(job, token, [ended]);
      await told.next('job 1000');
      assert.deepEqual(told.rest, []);
    });

    test('records the cleanup of an ended job, but only for its owner and until the job is removed', async (t) => {
      const journal = await open(t);
      const token = await begin(journal);
      assert.equal(await journal.endedEntry(job), undefined, 'a job that has not ended');
      await journal.append(job, token, [ended]);
      assert.deepEqual(await journal.endedEntry(job), { endedAt: 1000 });
      const cleared = { at: 1500, keepsResult: true };
      await journal.recordCleanup(job, token, cleared);
      assert.deepEqual(await journal.endedEntry(job), { endedAt: 1000, cleared });
      await journal.release(job, token);
      await assert.rejects(journal.recordCleanup(job, token, { at: 1600, keepsResult: false }), {
        code: 'OWNERSHIP_LOST',
      });
      const next = await journal.acquire(job);
      assert.deepEqual(await journal.endedEntry(job), { endedAt: 1000, cleared });
      await journal.remove(job, next);
      assert.equal(await journal.endedEntry(job), undefined, 'a removed job');
      await journal.append(job, next, [cancelAt(2), { ...ended, at: 2000 }]);
      assert.deepEqual(await journal.endedEntry(job), { endedAt: 2000 }, 'a later job with the same id');
    });

    test('keeps the summary of an ended job until it is removed', async (t) => {
      const journal = await open(t);
      const token = await begin(journal, job, requested);
      const records = longHistory(3).flat();
      const state = fold([...records, { ...ended, at: 5 }]);
      const summary = summarize(job, { kind: 'planned', requestedAt: 1, request: requested.request, state });
      await assert.rejects(journal.saveSummary(job, token, summary), 'a job that has not ended');
      const next = await journal.acquire(job);
      await journal.append(job, next, [...records, { ...ended, at: 5 }]);
      assert.equal(await journal.summaryOf(job), undefined);
      await journal.saveSummary(job, next, summary);
      assert.deepEqual(await journal.summaryOf(job), summary);
      await journal.remove(job, next);
      assert.equal(await journal.summaryOf(job), undefined);
    });

    test('keeps the request and the submission when a snapshot replaces the other records', async (t) => {
      const journal = await open(t);
      const token = await begin(journal, job, requested);
      let state: JobState | undefined;
      const after: JobRecord[] = [];
      for (const records of longHistory(1500)) {
        after.push(...records);
        state = fold(after);
        await journal.append(job, token, records, state);
      }
      const history = historyOf(await journal.read(job));
      assert.ok(history?.kind === 'planned');
      assert.deepEqual(history.request, requested.request);
      assert.equal(history.requestedAt, 1);
      assert.deepEqual(history.state, state);
    });
  });
}
