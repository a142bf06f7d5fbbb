import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Journal } from '../../../coordinator/journal/journal.ts';
import { apply, fold } from '../../../coordinator/scheduler/apply.ts';
import type { FencingToken } from '../../../coordinator/scheduler/job.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { JobState } from '../../../coordinator/scheduler/state.ts';
import type { FabricError } from '../../../engine/errors.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { oneTask, submission } from '../scheduler/graph.ts';
import { cancelAt, longHistory } from './sample-records.ts';

/** A location where a journal can be opened, closed and reopened. */
export interface JournalPlace {
  open(): Promise<Journal>;
}

const job = 'job-a' as JobId;
const other = 'job-b' as JobId;

/** Tests the requirements of every journal. `skip` is the reason that the journal cannot be tested here. */
export function journalConformance(
  name: string,
  placeFor: (t: TestContext) => Promise<JournalPlace>,
  skip?: string,
): void {
  describe(`${name} as a journal`, { skip: skip ?? false }, () => {
    test('returns records in the order in which they were appended', async (t) => {
      const journal = await (await placeFor(t)).open();
      const token = await journal.acquire(job);
      const records = [submission(oneTask), cancelAt(2), cancelAt(3)];
      await journal.append(job, token, records.slice(0, 2));
      await journal.append(job, token, records.slice(2));
      assert.deepEqual(await journal.read(job), records);
      await journal.close();
    });

    test('keeps records after it is reopened', async (t) => {
      const place = await placeFor(t);
      const first = await place.open();
      await first.append(job, await first.acquire(job), [cancelAt(1)]);
      await first.close();
      const second = await place.open();
      assert.deepEqual(await second.read(job), [cancelAt(1)]);
      await second.append(job, await second.acquire(job), [cancelAt(2)]);
      assert.deepEqual(await second.read(job), [cancelAt(1), cancelAt(2)]);
      await second.close();
    });

    test('issues each owner a greater token than the previous owner, even after it is reopened', async (t) => {
      const place = await placeFor(t);
      const first = await place.open();
      const tokens = [await first.acquire(job), await first.acquire(job)];
      await first.append(job, tokens[1] as FencingToken, [cancelAt(1)]);
      await first.close();
      const second = await place.open();
      tokens.push(await second.acquire(job));
      assert.deepEqual(
        tokens.toSorted((a, b) => a - b),
        tokens,
      );
      assert.equal(new Set(tokens).size, 3);
      await second.close();
    });

    test('never issues the same token twice, even to concurrent callers', async (t) => {
      const journal = await (await placeFor(t)).open();
      const tokens = await Promise.all(Array.from({ length: 5 }, () => journal.acquire(job)));
      assert.equal(new Set(tokens).size, 5);
      await journal.close();
    });

    test('rejects appends and removals by a former owner without changing the records', async (t) => {
      const journal = await (await placeFor(t)).open();
      const former = await journal.acquire(job);
      await journal.append(job, former, [cancelAt(1)]);
      const present = await journal.acquire(job);
      await assert.rejects(journal.append(job, former, [cancelAt(2)]), { code: 'OWNERSHIP_LOST' });
      await assert.rejects(journal.remove(job, former), { code: 'OWNERSHIP_LOST' });
      await journal.append(job, present, [cancelAt(3)]);
      assert.deepEqual(await journal.read(job), [cancelAt(1), cancelAt(3)]);
      await journal.close();
    });

    test('rejects appends to a job without an owner', async (t) => {
      const journal = await (await placeFor(t)).open();
      await assert.rejects(journal.append(job, 1 as FencingToken, [cancelAt(1)]), { code: 'OWNERSHIP_LOST' });
      await journal.close();
    });

    test('preserves the order of concurrent appends', async (t) => {
      const journal = await (await placeFor(t)).open();
      const token = await journal.acquire(job);
      const times = Array.from({ length: 20 }, (_, at) => at);
      await Promise.all(times.map((at) => journal.append(job, token, [cancelAt(at)])));
      const read = await journal.read(job);
      assert.deepEqual(
        read.map((record) => record.at),
        times,
      );
      await journal.close();
    });

    test('lists only jobs that have records', async (t) => {
      const journal = await (await placeFor(t)).open();
      assert.deepEqual(await journal.list(), []);
      await journal.append(other, await journal.acquire(other), [cancelAt(1)]);
      await journal.append(job, await journal.acquire(job), [cancelAt(1)]);
      await journal.acquire('job-c' as JobId);
      assert.deepEqual(await journal.list(), [job, other]);
      assert.deepEqual(await journal.read('job-c' as JobId), []);
      assert.deepEqual(await journal.read('../outside' as JobId), []);
      await journal.close();
    });

    test('removes only the given job', async (t) => {
      const journal = await (await placeFor(t)).open();
      const token = await journal.acquire(job);
      await journal.append(job, token, [cancelAt(1)]);
      await journal.append(other, await journal.acquire(other), [cancelAt(1)]);
      await journal.remove(job, token);
      await journal.remove(job, token);
      assert.deepEqual(await journal.list(), [other]);
      assert.deepEqual(await journal.read(job), []);
      await journal.append(job, token, [cancelAt(2)]);
      assert.deepEqual(await journal.read(job), [cancelAt(2)]);
      await journal.close();
    });

    test('aborts an ownership before the next owner writes', async (t) => {
      const journal = await (await placeFor(t)).open();
      const former = await journal.acquire(job);
      const ownership = journal.ownership(job, former);
      assert.ok(ownership.isHeld() && !ownership.lost.aborted);
      const present = await journal.acquire(job);
      assert.ok(!ownership.isHeld() && ownership.lost.aborted);
      assert.equal((ownership.lost.reason as FabricError).code, 'OWNERSHIP_LOST');
      assert.ok(!journal.ownership(job, former).isHeld(), 'an ownership requested after its loss');
      assert.ok(journal.ownership(job, present).isHeld());
      assert.ok(!journal.ownership(other, present).isHeld(), 'ownership of an unowned job');
      await journal.close();
    });

    test('releases a job and keeps its records', async (t) => {
      const journal = await (await placeFor(t)).open();
      const former = await journal.acquire(job);
      const ownership = journal.ownership(job, former);
      const appended = journal.append(job, former, [cancelAt(1)]);
      await journal.release(job, former);
      await appended;
      assert.ok(!ownership.isHeld() && ownership.lost.aborted);
      await assert.rejects(journal.append(job, former, [cancelAt(2)]), { code: 'OWNERSHIP_LOST' });
      await journal.release(job, former);
      const present = await journal.acquire(job);
      assert.ok(present > former);
      await journal.release(job, former);
      await journal.append(job, present, [cancelAt(3)]);
      assert.deepEqual(await journal.read(job), [cancelAt(1), cancelAt(3)]);
      await journal.close();
    });

    test('issues a greater token even if the previous owner wrote nothing', async (t) => {
      const journal = await (await placeFor(t)).open();
      const former = await journal.acquire(job);
      await journal.release(job, former);
      assert.ok((await journal.acquire(job)) > former);
      await journal.close();
    });

    test('owns no jobs after it is closed', async (t) => {
      const journal = await (await placeFor(t)).open();
      const ownership = journal.ownership(job, await journal.acquire(job));
      await journal.close();
      await journal.close();
      assert.ok(!ownership.isHeld() && ownership.lost.aborted);
    });

    test('preserves the state of a job if it replaces records with a snapshot', async (t) => {
      const journal = await (await placeFor(t)).open();
      const token = await journal.acquire(job);
      let state: JobState | undefined;
      for (const records of longHistory(1500)) {
        state = records.reduce<JobState | undefined>(apply, state);
        await journal.append(job, token, records, state);
      }
      const read = await journal.read(job);
      assert.deepEqual(fold(read), state);
      assert.equal(read[0]?.kind, 'job-submitted');
      await journal.close();
    });

    test('accepts records of any size', async (t) => {
      const journal = await (await placeFor(t)).open();
      const token = await journal.acquire(job);
      const large: JobRecord = { kind: 'cancel-requested', at: 1, by: 'x'.repeat(1 << 20) };
      await journal.append(job, token, [large, cancelAt(2)]);
      assert.deepEqual(await journal.read(job), [large, cancelAt(2)]);
      await journal.close();
    });
  });
}
